import type { Chain, Position } from '../../../../shared/chain.ts'
import { parseChain } from '../../../../shared/chainDocument.ts'
import type { ChainEdit } from '../../../../shared/chainEdit.ts'
import { findStage } from '../../../../shared/stageTree.ts'

export interface StageMove {
  readonly ids: readonly string[]
  /** The map that they go into; null: out of every map. */
  readonly map: string | null
  /** Where they stand from now on, within `map`. */
  readonly positions: Readonly<Record<string, Position>>
}

/** Why stages cannot go into a map, or out of theirs; null: they can. */
export function moveRefusal(chain: Chain, ids: readonly string[], map: string | null): string | null {
  if (map === null) return null
  const path = findStage(chain, map)?.path ?? []
  if (ids.some((id) => path.includes(id))) return 'A map cannot stand inside itself.'
  const gather = ids.find((id) => findStage(chain, id)?.stage.kind === 'gather')
  if (gather !== undefined) return `\`${gather}\` gathers the chain's items, and stands at the top of a chain.`
  return null
}

/** Takes stages into a map or out of one, with the places that they then have. */
export function moveStagesEdits({ ids, map, positions }: StageMove): readonly ChainEdit[] {
  return [
    { kind: 'moveStages', ids, map },
    { kind: 'move', positions },
  ]
}

/** The references that an edit broke: the errors of the text after it that were not there before, one message each. */
export function brokenBy(before: string, after: string): readonly string[] {
  const known = new Set(errorsOf(before))
  return [...new Set(errorsOf(after))].filter((message) => !known.has(message))
}

function errorsOf(text: string): readonly string[] {
  return parseChain(text)
    .problems // A map that is left empty is seen, and is no broken reference.
    .filter(({ severity, path }) => severity === 'error' && path.at(-1) !== 'stages')
    .map(({ message }) => message)
}
