import { type Chain, type Position, RESERVED_NAMES } from '../../../../shared/chain.ts'
import type { ChainEdit } from '../../../../shared/chainEdit.ts'
import type { Stage } from '../../../../shared/stages.ts'
import { freeName } from '../../../lib/freeName.ts'
import { SOURCE_NODE } from '../canvas/flowModel.ts'
import type { StageEntry } from '../palette/paletteEntries.ts'
import { referenceTo } from './connectEdits.ts'

export interface NewStage {
  readonly id: string
  readonly edits: readonly ChainEdit[]
}

/** Adds a stage from the palette. `behind`: the node whose output it gets; null: it is not wired. */
export function addStageEdits(
  chain: Chain,
  entry: StageEntry,
  place: { readonly behind: string | null; readonly position: Position | null },
): NewStage {
  const id = freeName(entry.id, [...Object.keys(chain.stages), ...RESERVED_NAMES])
  const reference = place.behind === null ? null : referenceTo(chain, place.behind)
  // A template is about something: without a wire it is about the item.
  const stage: Stage = entry.build(reference ?? (entry.isTemplate ? referenceTo(chain, SOURCE_NODE) : ''))
  return { id, edits: [{ kind: 'addStage', id, stage, position: place.position }] }
}
