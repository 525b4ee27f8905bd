import { layout as dagreLayout, Graph } from '@dagrejs/dagre'
import type { Position } from '../../../../shared/chain.ts'

/** Size of a stage on the canvas in CSS pixels. The height is what a stage without a running bar comes to. */
export const NODE_WIDTH = 240
export const NODE_HEIGHT = 88
/** How far below its upper edge the wires of a node end (node.module.css). */
export const HANDLE_Y = 30
/** The source and the result are narrower. */
const END_WIDTH = 192
/** Positions snap to this many pixels. */
export const GRID = 8

interface Link {
  readonly source: string
  readonly target: string
}

interface Placing {
  /** Stage ids, in document order. */
  readonly stages: readonly string[]
  /** The ids of the nodes before and behind all stages. */
  readonly ends: readonly [first: string, last: string]
  readonly links: readonly Link[]
  readonly stored: Readonly<Record<string, Position>>
}

/**
 * Where every node stands: at its stored position, or, without one, where it would stand in a tidy chart moved to
 * where its stored neighbours are, and lower where that place is taken. With stored stages the two ends keep to the
 * outermost ones, so that they do not jump when a wire is drawn. The same chain always gives the same places.
 */
export function placeNodes({ stages, ends, links, stored }: Placing): ReadonlyMap<string, Position> {
  const all = [...stages, ...ends]
  const placed = new Map<string, Position>()
  for (const id of all) {
    const position = stored[id]
    if (position !== undefined) placed.set(id, position)
  }
  if (placed.size === all.length) return placed
  const tidy = tidyPositions(all, stages.length === 0 ? [linkOf(ends)] : links, ends)
  if (!stages.some((id) => placed.has(id))) {
    for (const id of all) if (!placed.has(id)) placed.set(id, tidy.get(id) ?? { x: 0, y: 0 })
    return placed
  }
  for (const id of stages) {
    if (placed.has(id)) continue
    const at = tidy.get(id) ?? { x: 0, y: 0 }
    const shift = shiftOf(neighbours(id, links), tidy, placed)
    placed.set(id, freePlace({ x: snap(at.x + shift.x), y: snap(at.y + shift.y) }, [...placed.values()]))
  }
  const places = stages.map((id) => placed.get(id) ?? { x: 0, y: 0 })
  const [first, last] = ends
  if (!placed.has(first)) placed.set(first, outside(places, -1))
  if (!placed.has(last)) placed.set(last, outside(places, 1))
  return placed
}

/** Room between the columns of a tidy chart. */
export const COLUMN_GAP = 64

/** Without stages the two ends stand side by side, as if wired. */
function linkOf([source, target]: Placing['ends']): Link {
  return { source, target }
}

/** Beside the leftmost (-1) or rightmost (1) stages, at their mean height. */
function outside(places: readonly Position[], side: 1 | -1): Position {
  const edge = side * Math.max(...places.map(({ x }) => side * x))
  const outermost = places.filter(({ x }) => x === edge)
  const y = outermost.reduce((sum, place) => sum + place.y, 0) / outermost.length
  // Positions are of the left side: before the first stage the end's own width counts.
  return { x: edge + (side === 1 ? NODE_WIDTH + COLUMN_GAP : -(END_WIDTH + COLUMN_GAP)), y: snap(y) }
}

/** A chart from left to right of all nodes. */
export function tidyPositions(
  ids: readonly string[],
  links: readonly Link[],
  ends: readonly string[],
): ReadonlyMap<string, Position> {
  const graph = new Graph()
  graph.setGraph({ rankdir: 'LR', nodesep: 40, ranksep: COLUMN_GAP })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const id of ids) graph.setNode(id, { width: ends.includes(id) ? END_WIDTH : NODE_WIDTH, height: NODE_HEIGHT })
  for (const { source, target } of links) graph.setEdge(source, target)
  dagreLayout(graph)
  return new Map(
    ids.map((id) => {
      const { x, y } = graph.node(id) as Position
      return [id, { x: snap(x - (ends.includes(id) ? END_WIDTH : NODE_WIDTH) / 2), y: snap(y - NODE_HEIGHT / 2) }]
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
