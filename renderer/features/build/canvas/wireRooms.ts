import type { Chain } from '../../../../shared/chain.ts'
import { allStages } from '../../../../shared/stageTree.ts'
import type { WireBend, WireEdge } from './flowEdges.ts'
import { type Box, HANDLE_Y, NODE_HEIGHT } from './placeNodes.ts'
import { bendX } from './wirePath.ts'

/**
 * The wires with the ways that they take around maps of their own level: a long one that passes by a map runs beneath the
 * whole of it, and a short one turns where no map is.
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
    if (source === undefined || target === undefined || edge.data === undefined) return edge
    // Into a map from outside: it turns before the border. A map's own inner wires are short and straight.
    if (levelOf(edge.target) !== level)
      return levelOf(edge.target) === edge.source ? edge : { ...edge, data: { ...edge.data, bend: 'source' } }
    const others = maps
      .filter(({ id, map }) => map === level && id !== edge.source && id !== edge.target)
      .flatMap(({ id }) => boxes.get(id) ?? [])
    const [room, bend] = [roomFor(source, target, others), bendFor(source, target, others)]
    return room === 0 && bend === 'middle' ? edge : { ...edge, data: { ...edge.data, room, bend } }
  })
}

/** How far below the upper edge of its ends a wire must go to pass beneath the maps between them; 0: none is between. */
function roomFor(source: Box, target: Box, maps: readonly Box[]): number {
  const top = Math.max(source.y, target.y)
  const passed = maps.filter(
    (box) =>
      box.x >= source.x + source.width &&
      box.x + box.width <= target.x &&
      box.y < top + NODE_HEIGHT &&
      box.y + box.height > top,
  )
  return passed.length === 0 ? 0 : Math.max(...[...passed, source, target].map((box) => box.y + box.height - top))
}

const CLEAR = 8

function bendFor(source: Box, target: Box, maps: readonly Box[]): WireBend {
  const ends = { sourceX: source.x + source.width, targetX: target.x }
  const [upper, lower] = [Math.min(source.y, target.y) + HANDLE_Y, Math.max(source.y, target.y) + HANDLE_Y]
  const isClear = (bend: WireBend): boolean => {
    const x = bendX(ends, bend)
    return maps.every(
      (box) => x < box.x - CLEAR || x > box.x + box.width + CLEAR || lower < box.y || upper > box.y + box.height,
    )
  }
  return (['middle', 'source', 'target'] as const).find(isClear) ?? 'middle'
}
