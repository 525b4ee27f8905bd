import type { Stage } from './stages.ts'
import { parseTemplate } from './template.ts'

/** One value of a stage that may hold expressions. */
export interface StageExpression {
  /** Where it stands within the stage: `['pack', 'groupBy']`. */
  readonly path: readonly string[]
  readonly value: unknown
  /** The whole text is one expression, in braces or without: conditions and keys. */
  readonly isBare: boolean
  /** Worked out among a map's own stages, not where the map stands. */
  readonly isInside: boolean
}

const BARE = ['when', 'where', 'key', 'pack.groupBy', 'correlate.by']
const PATHS: { readonly [kind in Stage['kind']]: readonly string[] } = {
  model: ['when', 'instructions', 'prompt', 'input', 'images', 'pack.groupBy'],
  transform: ['when', 'value'],
  chunk: ['when', 'text'],
  map: ['when', 'over', 'output'],
  gather: ['when', 'where', 'key', 'value', 'correlate.by'],
  fetch: ['when', 'url', 'headers', 'body'],
  chain: ['when', 'item', 'params'],
}

/** All values of a stage that may hold expressions; not those of stages inside it. Of a stage that is not right yet, too. */
export function stageExpressions(stage: Stage): readonly StageExpression[] {
  return (PATHS[stage.kind] ?? []).flatMap((name) => {
    const path = name.split('.')
    const value = path.reduce<unknown>(
      (at, key) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[key] : undefined),
      stage,
    )
    if (value === undefined) return []
    return [{ path, value, isBare: BARE.includes(name), isInside: stage.kind === 'map' && name === 'output' }]
  })
}

/** `when` and its like may be written bare (`classify.category = 'bug'`) or in braces; both are one expression. */
export function bareExpression(text: string): string {
  const { template } = parseTemplate(text)
  const [part] = template.parts.filter((part) => part.kind === 'expression')
  return template.exact && part !== undefined ? part.source : text
}
