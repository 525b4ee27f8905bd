import type { Chain, Position } from '../../../../shared/chain.ts'
import { type ChainEdit, printChain } from '../../../../shared/chainEdit.ts'
import type { Stage } from '../../../../shared/stages.ts'
import { SOURCE_NODE } from '../canvas/nodeIds.ts'
import type { StageEntry } from '../palette/paletteEntries.ts'
import { referenceTo } from './connectEdits.ts'
import { pasteStages } from './stageClipboard.ts'

export interface NewStage {
  readonly id: string
  readonly edits: readonly ChainEdit[]
}

export interface StagePlace {
  /** The node whose output the first stage gets; null: it is not wired. */
  readonly behind: string | null
  /** Upper left corner, within `map`; null: where a tidy chart has it. */
  readonly position: Position | null
  /** The map that they are to run in; null: none. */
  readonly map: string | null
}

/** What the edits add: the stage that takes the wire, and the one that gives on. */
export interface AddedStages {
  readonly first: string
  readonly last: string
  readonly edits: readonly ChainEdit[]
}

/** Adds the stages of a palette entry. */
export function addStageEdits(chain: Chain, entry: StageEntry, place: StagePlace): AddedStages {
  const stages = entry.stages(reference(chain, entry, place))
  const pasted = pasteStages(chain, printChain({ stages }), { at: null, mapOf: () => place.map })
  const added = pasted?.stages ?? []
  const first = added[0]?.id ?? entry.id
  const edits = added.flatMap((each) => each.edits)
  const move: readonly ChainEdit[] =
    place.position === null ? [] : [{ kind: 'move', positions: { [first]: place.position } }]
  const after = afterEdits(chain, { first, stage: stages[Object.keys(stages)[0] ?? ''], behind: place.behind })
  return { first, last: added.at(-1)?.id ?? first, edits: [...edits, ...after, ...move] }
}

/** A gather takes in what its lane gives, and names none of it: where a chain gathers already, it says that it comes later. */
function afterEdits(
  chain: Chain,
  { first, stage, behind }: { first: string; stage: Stage | undefined; behind: string | null },
): readonly ChainEdit[] {
  const gathers = Object.values(chain.stages).some(({ kind }) => kind === 'gather')
  if (stage?.kind !== 'gather' || !gathers || behind === null || !(behind in chain.stages)) return []
  return [{ kind: 'set', path: ['stages', first, 'after'], value: [behind] }]
}

/** What the first stage is about. A template without a wire is about the item, inside a map about the element. */
function reference(chain: Chain, entry: StageEntry, { behind, map }: StagePlace): string {
  if (behind !== null) return referenceTo(chain, behind, behind === map)
  if (!entry.isTemplate) return ''
  return map === null ? referenceTo(chain, SOURCE_NODE) : referenceTo(chain, map, true)
}
