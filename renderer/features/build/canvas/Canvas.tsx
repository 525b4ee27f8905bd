import '@xyflow/react/dist/style.css'
import { useComputedColorScheme } from '@mantine/core'
import {
  Background,
  BackgroundVariant,
  ConnectionLineType,
  type FinalConnectionState,
  MiniMap,
  type OnNodeDrag,
  ReactFlow,
  useReactFlow,
  useStore,
} from '@xyflow/react'
import { type DragEvent, type MouseEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useChainStore } from '../../../stores/chainStore.ts'
import { useViewStore } from '../../../stores/viewStore.ts'
import { moveTo } from '../commands/layoutCommands.ts'
import { addEntry } from '../commands/stageCommands.ts'
import { connect, wireRefusal } from '../commands/wireCommands.ts'
import { useDroppedFiles } from '../drop/useDroppedFiles.ts'
import { draggedEntry, isEntryDrag } from '../palette/paletteDrag.ts'
import { AddMenu, type AddRequest } from './AddMenu.tsx'
import classes from './Canvas.module.css'
import { CanvasControls } from './CanvasControls.tsx'
import { ConnectionHint } from './ConnectionHint.tsx'
import { FirstStage } from './FirstStage.tsx'
import { type ChainNode, flowModel, type WireEdge } from './flowModel.ts'
import { useFlowStore } from './flowStore.ts'
import { OutputNodeView } from './OutputNodeView.tsx'
import { GRID, NODE_HEIGHT, NODE_WIDTH, snap } from './placeNodes.ts'
import { SourceNodeView } from './SourceNodeView.tsx'
import { StageNodeView } from './StageNodeView.tsx'
import { useCanvasClipboard } from './useCanvasClipboard.ts'
import { selectFocused, useCanvasKeys } from './useCanvasKeys.ts'
import { useShowSelected } from './useShowSelected.ts'
import { WireEdgeView } from './WireEdgeView.tsx'

const NODE_TYPES = { stage: StageNodeView, source: SourceNodeView, result: OutputNodeView }
const EDGE_TYPES = { wire: WireEdgeView }
const SNAP_GRID: [number, number] = [GRID, GRID]
const FIT = { padding: 0.04, maxZoom: 1 }
const NO_ATTRIBUTION = { hideAttribution: true }

/** The chain as a chart. Draws what the document says, and turns every gesture into edits of the document. */
export function Canvas() {
  const good = useChainStore((state) => state.good)
  const problems = useChainStore((state) => state.parsed.problems)
  const file = useChainStore((state) => state.file)
  const { nodes, edges, show, changeNodes, changeEdges, followSelection } = useFlowStore()
  const selected = useViewStore((state) => state.selectedStages)
  const flow = useReactFlow<ChainNode, WireEdge>()
  const canvas = useRef<HTMLElement>(null)
  const [adding, setAdding] = useState<AddRequest | null>(null)
  const dropFiles = useDroppedFiles()
  const textScale = useStore(selectTextScale)
  const scheme = useComputedColorScheme('light')

  const model = useMemo(() => (good === null ? null : flowModel(good.chain, good.graph, problems)), [good, problems])
  useLayoutEffect(() => {
    if (model !== null) show(model)
  }, [model, show])
  // Chosen elsewhere: in the list of problems, on another screen, or a stage that was just added.
  useEffect(() => followSelection(selected), [selected, followSelection])
  useShowSelected(canvas)
  useEffect(() => {
    if (file !== null) requestAnimationFrame(() => void flow.fitView(FIT))
  }, [file, flow])

  useCanvasKeys(canvas, (at) => setAdding({ at, behind: null, before: null }))
  useCanvasClipboard()

  const finishDrag: OnNodeDrag<ChainNode> = (_, _node, moved) => {
    const shown = new Map(model?.nodes.map((node) => [node.id, node.position]))
    const changed = moved.filter(
      ({ id, position }) => shown.get(id)?.x !== position.x || shown.get(id)?.y !== position.y,
    )
    if (changed.length > 0) moveTo(Object.fromEntries(changed.map(({ id, position }) => [id, position])))
  }

  function finishWire(event: globalThis.MouseEvent | TouchEvent, { fromHandle, toHandle }: FinalConnectionState): void {
    if (fromHandle === null || (toHandle !== null && toHandle.nodeId !== fromHandle.nodeId)) return
    const { clientX: x, clientY: y } =
      'changedTouches' in event ? (event.changedTouches[0] ?? { clientX: 0, clientY: 0 }) : event
    const under = document.elementFromPoint(x, y)
    const node = under?.closest<HTMLElement>('.react-flow__node')?.dataset.id
    const isForward = fromHandle.type === 'source'
    if (node !== undefined) {
      if (node === fromHandle.nodeId) return
      connect(isForward ? { source: fromHandle.nodeId, target: node } : { source: node, target: fromHandle.nodeId })
    } else if (under?.closest('.react-flow__pane') != null)
      setAdding({
        at: { x, y },
        behind: isForward ? fromHandle.nodeId : null,
        before: isForward ? null : fromHandle.nodeId,
      })
  }

  function allowDrop(event: DragEvent): void {
    const isFiles = event.dataTransfer.types.includes('Files')
    if (!isFiles && !isEntryDrag(event.dataTransfer)) return
    event.preventDefault()
    event.dataTransfer.dropEffect = 'copy'
  }

  function drop(event: DragEvent): void {
    event.preventDefault()
    const entry = draggedEntry(event.dataTransfer)
    if (entry === null) return void dropFiles(event.dataTransfer)
    const point = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY })
    addEntry(entry, { position: { x: snap(point.x - NODE_WIDTH / 2), y: snap(point.y - NODE_HEIGHT / 2) } })
  }

  function addAt(event: MouseEvent): void {
    const isPane = event.target instanceof Element && event.target.classList.contains('react-flow__pane')
    if (isPane) setAdding({ at: { x: event.clientX, y: event.clientY }, behind: null, before: null })
  }

  return (
    <section
      ref={canvas}
      className={classes.root}
      aria-label="Canvas"
      style={{ ['--text-scale' as string]: textScale }}
      onFocus={selectFocused}
      onDragOver={allowDrop}
      onDrop={drop}
      onDoubleClick={addAt}
    >
      <ReactFlow<ChainNode, WireEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        onNodesChange={changeNodes}
        onEdgesChange={changeEdges}
        onNodeDragStop={finishDrag}
        onConnect={connect}
        onConnectEnd={finishWire}
        isValidConnection={(ends) => wireRefusal(ends) === null}
        connectionLineType={ConnectionLineType.SmoothStep}
        connectionRadius={36}
        snapToGrid
        snapGrid={SNAP_GRID}
        deleteKeyCode={null}
        disableKeyboardA11y
        zoomOnDoubleClick={false}
        multiSelectionKeyCode={['Meta', 'Control', 'Shift']}
        selectionKeyCode="Shift"
        minZoom={0.1}
        maxZoom={2}
        fitView
        fitViewOptions={FIT}
        colorMode={scheme}
        proOptions={NO_ATTRIBUTION}
        onlyRenderVisibleElements={nodes.length > 100}
      >
        <Background variant={BackgroundVariant.Dots} gap={GRID * 3} size={1} className={classes.dots ?? ''} />
        {nodes.length > 4 && (
          <MiniMap pannable zoomable ariaLabel="Map of the whole chain" className={classes.map ?? ''} />
        )}
        <FirstStage />
        <ConnectionHint />
        <CanvasControls fit={FIT} />
      </ReactFlow>
      {adding !== null && <AddMenu request={adding} onClose={() => setAdding(null)} />}
    </section>
  )
}

/** Zoomed out, text on the stages shrinks less than they do, in steps, so that it can still be read. */
function selectTextScale({ transform }: { readonly transform: readonly [x: number, y: number, zoom: number] }): number {
  return Math.round(Math.min(1.5, Math.max(1, 0.8 / transform[2])) * 10) / 10
}
