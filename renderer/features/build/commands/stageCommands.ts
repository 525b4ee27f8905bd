import type { Position } from '../../../../shared/chain.ts'
import { notifyDone, notifyError } from '../../../lib/notify.ts'
import { useChainStore } from '../../../stores/chainStore.ts'
import { useViewStore } from '../../../stores/viewStore.ts'
import { OUTPUT_NODE, SOURCE_NODE } from '../canvas/flowModel.ts'
import { useFlowStore } from '../canvas/flowStore.ts'
import { COLUMN_GAP, freePlace, NODE_WIDTH, snap } from '../canvas/placeNodes.ts'
import { addStageEdits } from '../edits/addStageEdits.ts'
import { connectEdits } from '../edits/connectEdits.ts'
import { removeStagesEdits } from '../edits/removeStagesEdits.ts'
import { newSink, newSource, setSinkEdits, setSourceEdits } from '../edits/sourceEdits.ts'
import { copyStages, pasteStages } from '../edits/stageClipboard.ts'
import type { PaletteEntry, StageEntry } from '../palette/paletteEntries.ts'
import { offerUndo } from './offerUndo.tsx'

/** What a person does to stages, from canvas, palette, keyboard and inspector alike. Each is one step to undo. */

export interface AddPlace {
  /** The node whose output the new stage gets. */
  readonly behind?: string | null
  /** The node that gets the new stage's output. */
  readonly before?: string | null
  /** Upper left corner; without one, beside the node it is wired to. */
  readonly position?: Position | null
}

/** Adds what a palette entry stands for and selects it. */
export function addEntry(entry: PaletteEntry, place: AddPlace = {}): void {
  const { good, edit } = useChainStore.getState()
  if (good === null) return
  if ('source' in entry) {
    edit(setSourceEdits(newSource(entry.source, null)), `Read from a ${entry.title}`)
    selectStages([SOURCE_NODE])
  } else if ('sink' in entry) {
    edit(setSinkEdits(newSink(entry.sink, good.chain.name ?? '')), `Write a ${entry.title}`)
    selectStages([OUTPUT_NODE])
  } else addStage(entry, place)
}

function addStage(entry: StageEntry, { behind = null, before = null, position = null }: AddPlace): void {
  const { good, edit } = useChainStore.getState()
  if (good === null) return
  const at = position ?? placeBeside(behind, before)
  const added = addStageEdits(good.chain, entry, { behind, position: at })
  const onwards = before === null ? [] : connectEdits(good.chain, { source: added.id, target: before })
  edit([...added.edits, ...onwards], `Add ${added.id}`)
  selectStages([added.id])
}

/** Adds an entry behind the selected stage, or behind the end of the chain where there is one end. */
export function addEntryAfterSelection(entry: PaletteEntry): void {
  const { good } = useChainStore.getState()
  const [selected] = useViewStore.getState().selectedStages
  const ends = good?.graph.last ?? []
  const end = ends.length === 0 ? SOURCE_NODE : ends.length === 1 ? (ends[0] ?? null) : null
  addEntry(entry, { behind: selected === undefined || selected === OUTPUT_NODE ? end : selected })
}

function placeBeside(behind: string | null, before: string | null): Position | null {
  const { nodes } = useFlowStore.getState()
  // The first stage goes between the two ends, where a tidy chart has it.
  if (!nodes.some((node) => node.type === 'stage')) return null
  const anchor = nodes.find((node) => node.id === (behind ?? before))
  if (anchor === undefined) return null
  const x = anchor.position.x + (behind === null ? -1 : 1) * (NODE_WIDTH + COLUMN_GAP)
  return freePlace(
    { x: snap(x), y: snap(anchor.position.y) },
    nodes.map((node) => node.position),
  )
}

export function removeStages(ids: readonly string[]): void {
  const { good, edit } = useChainStore.getState()
  const stages = ids.filter((id) => good !== null && id in good.chain.stages)
  if (good === null || stages.length === 0) return
  edit(removeStagesEdits(good.chain, stages), 'Delete stages')
  selectStages([])
  offerUndo(stages.length === 1 ? `Deleted ${stages[0]}` : `Deleted ${stages.length} stages`)
}

/** The selected stages as YAML; null: none is selected. */
export function copySelection(): string | null {
  const { good, text } = useChainStore.getState()
  const ids = useViewStore.getState().selectedStages.filter((id) => good !== null && id in good.chain.stages)
  if (ids.length === 0) return null
  notifyDone('copied', ids.length === 1 ? `Copied ${ids[0]} as YAML` : `Copied ${ids.length} stages as YAML`, 2_000)
  return copyStages(text, ids)
}

/** `at`: where the upper left of the stages goes; null: a step beside their originals. */
export function paste(text: string, at: Position | null): void {
  const { good, edit } = useChainStore.getState()
  if (good === null) return
  const pasted = pasteStages(good.chain, text, at)
  if (pasted === null) {
    notifyError({
      kind: 'invalid',
      message: 'The clipboard holds no stages. Copy stages on a canvas, or YAML that begins with `stages:`.',
    })
    return
  }
  edit(
    pasted.stages.flatMap((stage) => stage.edits),
    'Paste stages',
  )
  selectStages(pasted.stages.map((stage) => stage.id))
}

export function duplicateSelection(): void {
  const { good, text, edit } = useChainStore.getState()
  const ids = useViewStore.getState().selectedStages.filter((id) => good !== null && id in good.chain.stages)
  const copies = good === null || ids.length === 0 ? null : pasteStages(good.chain, copyStages(text, ids), null)
  if (copies === null) return
  edit(
    copies.stages.flatMap((stage) => stage.edits),
    'Duplicate stages',
  )
  selectStages(copies.stages.map((stage) => stage.id))
}

export function renameStage(from: string, to: string): void {
  useChainStore.getState().edit([{ kind: 'renameStage', from, to }], `Rename ${from} to ${to}`)
  selectStages([to])
}

export function selectStages(ids: readonly string[]): void {
  useViewStore.getState().select(ids)
}
