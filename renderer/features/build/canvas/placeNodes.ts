import { layout as dagreLayout, Graph } from '@dagrejs/dagre'
import type { Position } from '../../../../shared/chain.ts'

/** Size of a stage on the canvas in CSS pixels. The height is what a stage without a running bar comes to. */
export const NODE_WIDTH = 240
export const NODE_HEIGHT = 88
/** Positions snap to this many pixels. */
export const GRID = 8

interface Link {
  readonly source: string
  readonly target: string
}

/**
 * Where every node stands: at its stored position, or, without one, where it would stand in a tidy chart moved to
 * where its stored neighbours are, and lower where that place is taken. The same chain always gives the same places.
 */
export function placeNodes(
  ids: readonly string[],
  links: readonly Link[],
  stored: Readonly<Record<string, Position>>,
): ReadonlyMap<string, Position> {
  const placed = new Map<string, Position>()
  for (const id of ids) {
    const position = stored[id]
    if (position !== undefined) placed.set(id, position)
  }
  if (placed.size === ids.length) return placed
  const tidy = tidyPositions(ids, links)
  for (const id of ids) {
    if (placed.has(id)) continue
    const at = tidy.get(id) ?? { x: 0, y: 0 }
    const shift = shiftOf(neighbours(id, links), tidy, placed)
    placed.set(id, freePlace({ x: snap(at.x + shift.x), y: snap(at.y + shift.y) }, [...placed.values()]))
  }
  return placed
}

/** A chart from left to right of all nodes. */
export function tidyPositions(ids: readonly string[], links: readonly Link[]): ReadonlyMap<string, Position> {
  const graph = new Graph()
  graph.setGraph({ rankdir: 'LR', nodesep: 40, ranksep: 96 })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const id of ids) graph.setNode(id, { width: NODE_WIDTH, height: NODE_HEIGHT })
  for (const { source, target } of links) graph.setEdge(source, target)
  dagreLayout(graph)
  return new Map(
    ids.map((id) => {
      const { x, y } = graph.node(id) as Position
      return [id, { x: snap(x - NODE_WIDTH / 2), y: snap(y - NODE_HEIGHT / 2) }]
    }),
  )
}

export function snap(value: number): number {
  return Math.round(value / GRID) * GRID
}

/** The place at `wanted`, or the nearest one below it that touches nothing. */
export function freePlace(wanted: Position, taken: readonly Position[]): Position {
  let y = wanted.y
  for (;;) {
    const hit = taken.find(
      (other) => Math.abs(other.x - wanted.x) < NODE_WIDTH + GRID && Math.abs(other.y - y) < NODE_HEIGHT + GRID,
    )
    if (hit === undefined) return { x: wanted.x, y }
    y = snap(hit.y + NODE_HEIGHT + 4 * GRID)
  }
}

function neighbours(id: string, links: readonly Link[]): readonly string[] {
  return links.flatMap(({ source, target }) => (source === id ? [target] : target === id ? [source] : []))
}

/** How far the stored neighbours (or, without any, all stored nodes) stand from their tidy places, on average. */
function shiftOf(
  near: readonly string[],
  tidy: ReadonlyMap<string, Position>,
  placed: ReadonlyMap<string, Position>,
): Position {
  const known = near.filter((id) => placed.has(id))
  const ids = known.length > 0 ? known : [...placed.keys()]
  let x = 0
  let y = 0
  for (const id of ids) {
    const now = placed.get(id) ?? { x: 0, y: 0 }
    const then = tidy.get(id) ?? { x: 0, y: 0 }
    x += (now.x - then.x) / ids.length
    y += (now.y - then.y) / ids.length
  }
  return { x, y }
}
