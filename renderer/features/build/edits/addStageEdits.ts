import type { Chain, Position } from '../../../../shared/chain.ts'
import { type ChainEdit, printChain } from '../../../../shared/chainEdit.ts'
import type { Stage } from '../../../../shared/stages.ts'
import { SOURCE_NODE } from '../canvas/nodeIds.ts'
import type { StageEntry } from '../palette/entry.ts'
import { referenceTo } from './connectEdits.ts'
import { pasteStages } from './stageClipboard.ts'

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
  const written = reference(chain, entry, place)
  const stages = entry.stages(written === '' ? '' : INPUT)
  const pasted = pasteStages(chain, printChain({ stages }), { at: null, mapOf: () => place.map })
  const added = pasted?.stages ?? []
  const first = added[0]?.id ?? entry.id
  const edits = added.flatMap((each) => each.edits).map((edit) => withInput(edit, written))
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

/**
 * Stands for what the first stage is about while the stages get their ids: they may be called as the stage that is meant
 * by it, and only references among them are to follow.
 */
const INPUT = '{{ input_of_entry }}'

function withInput(edit: ChainEdit, written: string): ChainEdit {
  if (edit.kind !== 'addStage') return edit
  return { ...edit, stage: replaceText(edit.stage, written) as Stage }
}

function replaceText(value: unknown, written: string): unknown {
  if (typeof value === 'string') return value.replaceAll(INPUT, () => written)
  if (Array.isArray(value)) return value.map((entry) => replaceText(entry, written))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, replaceText(entry, written)]))
}

/** What the first stage is about. A template without a wire is about the item, inside a map about the element. */
function reference(chain: Chain, entry: StageEntry, { behind, map }: StagePlace): string {
  // What another chain sees as its item is an item, not its text.
  if (behind === SOURCE_NODE && entry.id === 'chain') return '{{ item }}'
  if (behind !== null) return referenceTo(chain, behind, behind === map)
  if (!entry.isTemplate) return ''
  return map === null ? referenceTo(chain, SOURCE_NODE) : referenceTo(chain, map, true)
}
