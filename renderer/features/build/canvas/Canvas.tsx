import '@xyflow/react/dist/style.css'
import { useComputedColorScheme } from '@mantine/core'
import { Background, BackgroundVariant, ConnectionLineType, MiniMap, ReactFlow, useStore } from '@xyflow/react'
import { type MouseEvent, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { useChainStore } from '../../../stores/chainStore.ts'
import { useViewStore } from '../../../stores/viewStore.ts'
import { connect, wireRefusal } from '../commands/wireCommands.ts'
import { AddMenu, type AddRequest } from './AddMenu.tsx'
import classes from './Canvas.module.css'
import { CanvasControls } from './CanvasControls.tsx'
import { ConnectionHint } from './ConnectionHint.tsx'
import { FirstStage } from './FirstStage.tsx'
import type { WireEdge } from './flowEdges.ts'
import { type ChainNode, flowModel } from './flowModel.ts'
import { useFlowStore } from './flowStore.ts'
import { LaneBorders } from './LaneBorders.tsx'
import { MapNodeView } from './MapNodeView.tsx'
import { OutputNodeView } from './OutputNodeView.tsx'
import { GRID } from './placeNodes.ts'
import { SourceNodeView } from './SourceNodeView.tsx'
import { StageNodeView } from './StageNodeView.tsx'
import { useCanvasClipboard } from './useCanvasClipboard.ts'
import { selectFocused, useCanvasKeys } from './useCanvasKeys.ts'
import { FIT, useFit } from './useFit.ts'
import { usePaletteDrop } from './usePaletteDrop.ts'
import { useShowSelected } from './useShowSelected.ts'
import { useStageDrag } from './useStageDrag.ts'
import { useWireDraw } from './useWireDraw.ts'
import { WireEdgeView } from './WireEdgeView.tsx'

const NODE_TYPES = { stage: StageNodeView, map: MapNodeView, source: SourceNodeView, result: OutputNodeView }
const EDGE_TYPES = { wire: WireEdgeView }
const SNAP_GRID: [number, number] = [GRID, GRID]
const NO_ATTRIBUTION = { hideAttribution: true }

/** The chain as a chart. Draws what the document says, and turns every gesture into edits of the document. */
export function Canvas() {
  const good = useChainStore((state) => state.good)
  const problems = useChainStore((state) => state.parsed.problems)
  const file = useChainStore((state) => state.file)
  const { nodes, edges, show, changeNodes, changeEdges, followSelection } = useFlowStore()
  const selected = useViewStore((state) => state.selectedStages)
  const canvas = useRef<HTMLElement>(null)
  const [adding, setAdding] = useState<AddRequest | null>(null)
  const textScale = useStore(selectTextScale)
  const scheme = useComputedColorScheme('light')

  const model = useMemo(() => (good === null ? null : flowModel(good.chain, good.graph, problems)), [good, problems])
  useLayoutEffect(() => {
    if (model !== null) show(model)
  }, [model, show])
  // Chosen elsewhere: in the list of problems, on another screen, or a stage that was just added.
  useEffect(() => followSelection(selected), [selected, followSelection])
  useShowSelected(canvas)
  const followMove = useFit(file)

  useCanvasKeys(canvas, (at) => setAdding({ at, behind: null, before: null, map: null }))
  useCanvasClipboard()

  const { drag, stop } = useStageDrag(model)
  const finishWire = useWireDraw(setAdding)
  const drop = usePaletteDrop()

  function addAt(event: MouseEvent): void {
    if (!(event.target instanceof Element)) return
    const at = { x: event.clientX, y: event.clientY }
    const node = event.target.closest<HTMLElement>('.react-flow__node')
    const isMap = node?.classList.contains('react-flow__node-map') === true
    if (isMap || event.target.classList.contains('react-flow__pane'))
      setAdding({ at, behind: null, before: null, map: node?.dataset.id ?? null })
  }

  return (
    <section
      ref={canvas}
      className={classes.root}
      aria-label="Canvas"
      style={{ ['--text-scale' as string]: textScale }}
      onFocus={selectFocused}
      {...drop}
      onDoubleClick={addAt}
    >
      <ReactFlow<ChainNode, WireEdge>
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        edgeTypes={EDGE_TYPES}
        onNodesChange={changeNodes}
        onEdgesChange={changeEdges}
        onNodeDrag={drag}
        onNodeDragStop={stop}
        onMoveEnd={followMove}
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
        <LaneBorders />
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
