import type { Position } from '../../../../shared/chain.ts'
import { useChainStore } from '../../../stores/chainStore.ts'
import { OUTPUT_NODE, SOURCE_NODE } from '../canvas/flowModel.ts'
import { useFlowStore } from '../canvas/flowStore.ts'
import { GRID, tidyPositions } from '../canvas/placeNodes.ts'

/** Writes where nodes were dragged to. */
export function moveTo(positions: Readonly<Record<string, Position>>): void {
  useChainStore.getState().edit([{ kind: 'move', positions }], 'Move')
}

/** Moves nodes by steps of the grid, for the keyboard. */
export function nudge(ids: readonly string[], step: Position): void {
  const { nodes } = useFlowStore.getState()
  const moved = nodes.filter((node) => ids.includes(node.id))
  if (moved.length === 0) return
  moveTo(
    Object.fromEntries(
      moved.map(({ id, position }) => [id, { x: position.x + step.x * GRID, y: position.y + step.y * GRID }]),
    ),
  )
}

/** Lays the whole chain out anew, from left to right. */
export function tidyUp(): void {
  const { nodes, edges } = useFlowStore.getState()
  const positions = tidyPositions(
    nodes.map((node) => node.id),
    edges,
    [SOURCE_NODE, OUTPUT_NODE],
  )
  useChainStore.getState().edit([{ kind: 'move', positions: Object.fromEntries(positions) }], 'Tidy up')
}
