import type { OnNodeDrag } from '@xyflow/react'
import { putDown } from '../commands/layoutCommands.ts'
import type { ChainNode, FlowModel } from './flowModel.ts'
import { useFlowStore } from './flowStore.ts'
import { absolutePosition, mapAt } from './mapPlaces.ts'
import { OUTPUT_NODE, SOURCE_NODE } from './nodeIds.ts'
import { NODE_HEIGHT, NODE_WIDTH } from './placeNodes.ts'

/** Dragging nodes: where they go, and into or out of which map. */
export function useStageDrag(model: FlowModel | null): { drag: OnNodeDrag<ChainNode>; stop: OnNodeDrag<ChainNode> } {
  const drag: OnNodeDrag<ChainNode> = (_, node, moved) => {
    const target = mapUnder(node, moved)
    useFlowStore.getState().showDropMap(target === (node.parentId ?? null) ? null : target)
  }

  const stop: OnNodeDrag<ChainNode> = (_, node, moved) => {
    useFlowStore.getState().showDropMap(null)
    const shown = new Map(model?.nodes.map(({ id, position }) => [id, position]))
    const isMoved = moved.some(({ id, position }) => shown.get(id)?.x !== position.x || shown.get(id)?.y !== position.y)
    if (!isMoved) return
    const isDone = putDown(
      moved.map(({ id }) => id),
      mapUnder(node, moved),
    )
    if (!isDone && model !== null) useFlowStore.getState().show(model)
  }
  return { drag, stop }
}

/** The map that the middle of the dragged node is over. A map that is dragged goes by its title. */
function mapUnder(node: ChainNode, moved: readonly ChainNode[]): string | null {
  if (node.id === SOURCE_NODE || node.id === OUTPUT_NODE) return null
  const { nodes } = useFlowStore.getState()
  const { x, y } = absolutePosition(nodes, node.id)
  return mapAt(
    nodes,
    { x: x + NODE_WIDTH / 2, y: y + NODE_HEIGHT / 2 },
    moved.map(({ id }) => id),
  )
}
