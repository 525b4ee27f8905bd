import type { Chain } from '../../../../shared/chain.ts'
import { allStages } from '../../../../shared/stageTree.ts'
import type { WireEdge } from './flowEdges.ts'
import { type Box, NODE_HEIGHT } from './placeNodes.ts'

/**
 * The wires with the room that they must leave: one that passes by a map on its own level runs beneath the whole of it.
 */
export function wireRooms(
  edges: readonly WireEdge[],
  chain: Chain,
  boxes: ReadonlyMap<string, Box>,
): readonly WireEdge[] {
  const placed = new Map(allStages(chain).map((stage) => [stage.id, stage]))
  const levelOf = (id: string): string | null => placed.get(id)?.map ?? null
  const maps = [...placed.values()].filter(({ stage }) => stage.kind === 'map')
  if (maps.length === 0) return edges
  return edges.map((edge) => {
    const [source, target] = [boxes.get(edge.source), boxes.get(edge.target)]
    const level = levelOf(edge.source)
    if (source === undefined || target === undefined || edge.data === undefined || levelOf(edge.target) !== level)
      return edge
    const top = Math.max(source.y, target.y)
    const passed = maps.flatMap(({ id, map }) => {
      const box = map === level && id !== edge.source && id !== edge.target ? boxes.get(id) : undefined
      const isBetween = box !== undefined && box.x >= source.x + source.width && box.x + box.width <= target.x
      return isBetween && box.y < top + NODE_HEIGHT && box.y + box.height > top ? [box.y + box.height - top] : []
    })
    const ends = [source, target].map((box) => box.y + box.height - top)
    const room = passed.length === 0 ? 0 : Math.max(...passed, ...ends)
    return room === 0 ? edge : { ...edge, data: { ...edge.data, room } }
  })
}
