import { type GraphProblem, graphError, suggestion } from './graphProblem.ts'
import { type FoundReference, readReferences } from './readReferences.ts'
import type { Sink } from './sink.ts'

/** What the templates of a sink may use. */
export const SINK_NAMES = ['item', 'key', 'index', 'output', 'params', 'run'] as const

const TEMPLATES = ['name', 'body', 'header', 'footer'] as const

function templatesOf(sink: Sink): readonly (readonly [key: string, value: unknown])[] {
  const written: Partial<Record<string, unknown>> = sink
  return TEMPLATES.flatMap((key) => (written[key] === undefined ? [] : [[key, written[key]] as const]))
}

/** The names that the templates of a sink read. */
export function sinkReferences(sink: Sink): readonly FoundReference[] {
  return templatesOf(sink).flatMap(([key, value]) => readReferences(value, ['sink', key], false).references)
}

/** What is wrong with the templates of a sink. `gathers`: its lines are groups, which are no items of the source. */
export function sinkProblems(sink: Sink, gathers: boolean): readonly GraphProblem[] {
  const known = SINK_NAMES.filter((name) => !(gathers && name === 'item'))
  return templatesOf(sink).flatMap(([key, value]) => {
    const isOfAll = key === 'header' || key === 'footer'
    const names: readonly string[] = isOfAll ? ['params', 'run'] : known
    const { references, problems } = readReferences(value, ['sink', key], false)
    const unknown = references
      .filter(({ name }) => !names.includes(name))
      .map(({ name, path, offset }) => {
        const message = `Unknown name \`${name}\`${suggestion(name, names)}. Known here: ${names.join(', ')}.`
        return graphError(path, message, offset)
      })
    return [...problems, ...unknown]
  })
}
