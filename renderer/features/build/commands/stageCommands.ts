import type { Chain, Position } from '../../../../shared/chain.ts'
import type { ChainEdit } from '../../../../shared/chainEdit.ts'
import { type SingleSource, sourceKind } from '../../../../shared/source.ts'
import { findStage } from '../../../../shared/stageTree.ts'
import { notifyDone, notifyError } from '../../../lib/notify.ts'
import { useChainStore } from '../../../stores/chainStore.ts'
import { useViewStore } from '../../../stores/viewStore.ts'
import type { ChainNode } from '../canvas/flowModel.ts'
import { useFlowStore } from '../canvas/flowStore.ts'
import { withinMap } from '../canvas/mapPlaces.ts'
import { OUTPUT_NODE, SOURCE_NODE } from '../canvas/nodeIds.ts'
import { COLUMN_GAP, freePlace, NODE_HEIGHT, NODE_WIDTH, STAGE_SIZE, snap } from '../canvas/placeNodes.ts'
import { settlePlaces } from '../canvas/settlePlaces.ts'
import { addStageEdits } from '../edits/addStageEdits.ts'
import { connectEdits } from '../edits/connectEdits.ts'
import type { NewStage } from '../edits/newStage.ts'
import { connectOutputEdit } from '../edits/outputEdits.ts'
import { removeStagesEdits } from '../edits/removeStagesEdits.ts'
import { renameElementEdits } from '../edits/renameElementEdits.ts'
import { newSink, newSource, setSinkEdits, setSourceEdits, severalSources } from '../edits/sourceEdits.ts'
import { copyStages, pasteStages } from '../edits/stageClipboard.ts'
import type { PaletteEntry, StageEntry } from '../palette/entry.ts'
import { offerUndo } from './offerUndo.tsx'

/** What a person does to stages, from canvas, palette, keyboard and inspector alike. Each is one step to undo. */

export interface AddPlace {
  /** The node whose output the new stage gets; the map that it goes into itself: one element of its list. */
  readonly behind?: string | null
  /** The node that gets the new stage's output; the map that it goes into itself: as an element's result. */
  readonly before?: string | null
  /** Upper left corner on the canvas; without one, beside the node it is wired to. */
  readonly position?: Position | null
  /** The map that it goes into; without one, that of the node it is wired to. */
  readonly map?: string | null
}

/** Adds what a palette entry stands for and selects it. */
export function addEntry(entry: PaletteEntry, place: AddPlace = {}): void {
  const { good, edit } = useChainStore.getState()
  if (good === null) return
  if ('source' in entry) {
    const { source } = good.chain
    const before = source === undefined || sourceKind(source) === 'several' ? null : (source as SingleSource)
    const next = entry.source === 'several' ? severalSources(before) : newSource(entry.source)
    edit(setSourceEdits(next), `Read from: ${entry.title}`)
    selectStages([SOURCE_NODE])
  } else if ('sink' in entry) {
    edit(setSinkEdits(newSink(entry.sink, good.chain.name ?? '')), `Write: ${entry.title}`)
    selectStages([OUTPUT_NODE])
  } else addStage(entry, place)
}

function addStage(entry: StageEntry, { behind = null, before = null, position = null, map: into }: AddPlace): void {
  const { good, edit } = useChainStore.getState()
  if (good === null) return
  const { nodes } = useFlowStore.getState()
  const anchor = findStage(good.chain, behind ?? before ?? '')
  const map = into === undefined ? (anchor?.map ?? null) : into
  const isGather = Object.values(entry.stages('')).some(({ kind }) => kind === 'gather')
  if (map !== null && isGather) {
    const message = 'A gather stands at the top of a chain: inside a map, the map itself gathers the elements.'
    notifyError({ kind: 'not_possible', message })
    return
  }
  const at = position === null ? placeBeside(behind, before) : withinMap(nodes, map, position)
  const added = addStageEdits(good.chain, entry, { behind, position: at, map })
  const settled = at === null ? {} : settlePlaces(nodes, map, { [added.first]: at })
  edit(
    [
      ...added.edits,
      ...(map === null || at === null ? [] : [{ kind: 'move', positions: settled } as const]),
      ...onwardEdits(good.chain, { from: added.last, before, map }),
    ],
    `Add ${added.first}`,
  )
  selectStages([added.first])
}

/** Hands the output of a stage that was just added on. What is last in a map goes out by itself, unless its output is written. */
function onwardEdits(
  chain: Chain,
  { from, before, map }: { from: string; before: string | null; map: string | null },
): readonly ChainEdit[] {
  if (before === null) return []
  if (before !== map) return connectEdits(chain, { source: from, target: before })
  const stage = findStage(chain, map)?.stage
  const isWritten = stage?.kind === 'map' && stage.output !== undefined
  return isWritten ? [connectOutputEdit(chain, { map, from, field: null })] : []
}

/** Adds an entry behind the selected stage, into a selected map that is empty, or behind the end of the chain where there is one end. */
export function addEntryAfterSelection(entry: PaletteEntry): void {
  const { good } = useChainStore.getState()
  const [selected] = useViewStore.getState().selectedStages
  const ends = good?.graph.last ?? []
  const end = ends.length === 0 ? SOURCE_NODE : ends.length === 1 ? (ends[0] ?? null) : null
  const stage = good === null || selected === undefined ? null : findStage(good.chain, selected)?.stage
  if (stage?.kind === 'map' && Object.keys(stage.stages).length === 0 && selected !== undefined)
    addEntry(entry, { behind: selected, map: selected })
  else addEntry(entry, { behind: selected === undefined || selected === OUTPUT_NODE ? end : selected })
}

/** A free place beside the node that a stage is wired to, on its level; null: a tidy chart has one. */
function placeBeside(behind: string | null, before: string | null): Position | null {
  const { nodes } = useFlowStore.getState()
  const anchor = nodes.find((node) => node.id === (behind ?? before))
  // The first stage goes between the two ends, where a tidy chart has it.
  const level = nodes.filter((node) => node.parentId === anchor?.parentId)
  if (anchor === undefined || !level.some((node) => node.type === 'stage' || node.type === 'map')) return null
  const width = (node: ChainNode): number => node.width ?? NODE_WIDTH
  const x = anchor.position.x + (behind === null ? -(NODE_WIDTH + COLUMN_GAP) : width(anchor) + COLUMN_GAP)
  return freePlace(
    { x: snap(x), y: snap(anchor.position.y), ...STAGE_SIZE },
    level.map((node) => ({ ...node.position, width: width(node), height: node.height ?? NODE_HEIGHT })),
  )
}

export function removeStages(ids: readonly string[]): void {
  const { good, edit } = useChainStore.getState()
  const stages = ids.filter((id) => good !== null && findStage(good.chain, id) !== null)
  if (good === null || stages.length === 0) return
  edit(removeStagesEdits(good.chain, stages), 'Delete stages')
  selectStages([])
  offerUndo(stages.length === 1 ? `Deleted ${stages[0]}` : `Deleted ${stages.length} stages`)
}

/** The selected stages as YAML; null: none is selected. */
export function copySelection(): string | null {
  const ids = selectedStages()
  if (ids.length === 0) return null
  notifyDone('copied', ids.length === 1 ? `Copied ${ids[0]} as YAML` : `Copied ${ids.length} stages as YAML`, 2_000)
  return copyStages(useChainStore.getState().text, ids)
}

/** `at`: where the upper left of the stages goes on the canvas; null: a step beside their originals. `map`: into which one. */
export function paste(text: string, at: Position | null, map: string | null): void {
  const { good } = useChainStore.getState()
  if (good === null) return
  const place = at === null ? null : withinMap(useFlowStore.getState().nodes, map, at)
  const pasted = pasteStages(good.chain, text, { at: place, mapOf: () => map })
  const isGather = pasted?.stages.some(({ edits }) => edits.some(addsGather)) === true
  if (pasted === null || (isGather && map !== null)) {
    const message =
      pasted === null
        ? 'The clipboard holds no stages. Copy stages on a canvas, or YAML that begins with `stages:`.'
        : 'A gather stands at the top of a chain: paste it outside of the map.'
    notifyError({ kind: 'invalid', message })
    return
  }
  addCopies(pasted.stages, 'Paste stages')
}

function addsGather(edit: ChainEdit): boolean {
  return edit.kind === 'addStage' && edit.stage.kind === 'gather'
}

export function duplicateSelection(): void {
  const { good, text } = useChainStore.getState()
  const ids = selectedStages()
  if (good === null || ids.length === 0) return
  const { chain } = good
  const mapOf = (id: string): string | null => findStage(chain, id)?.map ?? null
  addCopies(pasteStages(chain, copyStages(text, ids), { at: null, mapOf })?.stages ?? [], 'Duplicate stages')
}

function addCopies(stages: readonly NewStage[], label: string): void {
  if (stages.length === 0) return
  useChainStore.getState().edit(
    stages.flatMap((stage) => stage.edits),
    label,
  )
  selectStages(stages.map((stage) => stage.id))
}

function selectedStages(): readonly string[] {
  const { good } = useChainStore.getState()
  return useViewStore.getState().selectedStages.filter((id) => good !== null && findStage(good.chain, id) !== null)
}

export function renameStage(from: string, to: string): void {
  useChainStore.getState().edit([{ kind: 'renameStage', from, to }], `Rename ${from} to ${to}`)
  selectStages([to])
}

/** Gives the element of a map another name, in the expressions inside too. */
export function renameElement(map: string, to: string): void {
  const { good, edit } = useChainStore.getState()
  if (good !== null) edit(renameElementEdits(good.chain, map, to), `Rename the element of ${map} to ${to}`)
}

export function selectStages(ids: readonly string[]): void {
  useViewStore.getState().select(ids)
}
