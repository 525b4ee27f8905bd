import type { Chain } from '../../../../shared/chain.ts'
import type { ChainEdit } from '../../../../shared/chainEdit.ts'
import { expressionReferences } from '../../../../shared/references.ts'
import { stageExpressions } from '../../../../shared/stageExpressions.ts'
import { allStages, findStage } from '../../../../shared/stageTree.ts'
import { expressionError, parseTemplate, visitStrings } from '../../../../shared/template.ts'

type Path = readonly (string | number)[]

/** Gives the element of a map another name, and follows it through the expressions of the stages inside. */
export function renameElementEdits(chain: Chain, map: string, to: string): readonly ChainEdit[] {
  const placed = findStage(chain, map)
  if (placed?.stage.kind !== 'map') return []
  const from = placed.stage.as
  const edits: ChainEdit[] = [{ kind: 'set', path: [...placed.path, 'as'], value: to }]
  for (const { id, stage, path } of allStages(chain)) {
    if (!path.includes(map) || isShadowed(chain, id, { map, name: from })) continue
    for (const { path: inner, value, isBare, isInside } of stageExpressions(stage)) {
      if (id === map && !isInside) continue
      visitStrings(value, [...path, ...inner], (text, place: Path) => {
        const next = isBare && !text.includes('{{') ? renamed(text, from, to) : renamedInText(text, from, to)
        if (next !== text) edits.push({ kind: 'set', path: place, value: next })
      })
    }
  }
  return edits
}

/** Whether a map further in gives its own element the same name. */
function isShadowed(chain: Chain, stage: string, { map, name }: { map: string; name: string }): boolean {
  for (
    let at = findStage(chain, stage)?.map ?? null;
    at !== null && at !== map;
    at = findStage(chain, at)?.map ?? null
  ) {
    const inner = findStage(chain, at)?.stage
    if (inner?.kind === 'map' && inner.as === name) return true
  }
  return false
}

function renamedInText(text: string, from: string, to: string): string {
  return parseTemplate(text)
    .template.parts.map((part) => {
      if (part.kind === 'text') return part.text
      return text.slice(part.start, part.end).replace(part.source, () => renamed(part.source, from, to))
    })
    .join('')
}

function renamed(expression: string, from: string, to: string): string {
  if (expressionError(expression) !== null) return expression
  const offsets = expressionReferences(expression)
    .filter(({ name }) => name === from)
    .map(({ offset }) => offset)
    .sort((a, b) => b - a)
  return offsets.reduce(
    (text, offset) =>
      text.startsWith(from, offset) ? text.slice(0, offset) + to + text.slice(offset + from.length) : text,
    expression,
  )
}
