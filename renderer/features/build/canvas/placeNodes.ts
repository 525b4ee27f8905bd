import { layout as dagreLayout, Graph } from '@dagrejs/dagre'
import type { Position } from '../../../../shared/chain.ts'

/** Size of a stage on the canvas in CSS pixels. The height is what a stage without a running bar comes to. */
export const NODE_WIDTH = 240
export const NODE_HEIGHT = 88
/** How far below its upper edge the wires of a node end (node.module.css). */
export const HANDLE_Y = 30
/** The source and the result are narrower. */
export const END_WIDTH = 192
/** Positions snap to this many pixels. */
export const GRID = 8

export interface Size {
  readonly width: number
  readonly height: number
}
export const STAGE_SIZE: Size = { width: NODE_WIDTH, height: NODE_HEIGHT }

export type Box = Position & Size

export interface Link {
  readonly source: string
  readonly target: string
}

interface Placing {
  /** Stage ids, in document order. */
  readonly stages: readonly string[]
  /** The ids of the nodes before and behind all stages; null: there are none, inside a map. */
  readonly ends: readonly [first: string, last: string] | null
  readonly links: readonly Link[]
  readonly stored: Readonly<Record<string, Position>>
  readonly sizeOf: (id: string) => Size
}

/**
 * Where every node stands: at its stored position, or, without one, where it would stand in a tidy chart moved to
 * where its stored neighbours are, and lower where that place is taken. With stored stages the two ends keep to the
 * outermost ones, so that they do not jump when a wire is drawn. The same chain always gives the same places.
 */
export function placeNodes({ stages, ends, links, stored, sizeOf }: Placing): ReadonlyMap<string, Position> {
  const all = [...stages, ...(ends ?? [])]
  const placed = new Map<string, Position>()
  for (const id of all) {
    const position = stored[id]
    if (position !== undefined) placed.set(id, position)
  }
  if (placed.size === all.length) return placed
  const tidy = tidyPositions(all, stages.length === 0 && ends !== null ? [linkOf(ends)] : links, sizeOf)
  if (!stages.some((id) => placed.has(id))) {
    for (const id of all) if (!placed.has(id)) placed.set(id, tidy.get(id) ?? { x: 0, y: 0 })
    return placed
  }
  for (const id of stages) {
    if (placed.has(id)) continue
    const at = tidy.get(id) ?? { x: 0, y: 0 }
    const shift = shiftOf(neighbours(id, links), tidy, placed)
    const wanted = { x: snap(at.x + shift.x), y: snap(at.y + shift.y), ...sizeOf(id) }
    placed.set(
      id,
      freePlace(
        wanted,
        [...placed].map(([other, position]) => ({ ...position, ...sizeOf(other) })),
      ),
    )
  }
  if (ends === null) return placed
  const boxes = stages.map((id) => ({ ...(placed.get(id) ?? { x: 0, y: 0 }), ...sizeOf(id) }))
  const [first, last] = ends
  if (!placed.has(first)) placed.set(first, before(boxes))
  if (!placed.has(last)) placed.set(last, behind(boxes))
  return placed
}

/** Room between the columns of a tidy chart, and between its rows. */
export const COLUMN_GAP = 64
const ROW_GAP = 12

/** Without stages the two ends stand side by side, as if wired. */
function linkOf([source, target]: readonly [string, string]): Link {
  return { source, target }
}

/** Beside the leftmost stages, at their mean height. */
function before(boxes: readonly Box[]): Position {
  const x = Math.min(...boxes.map((box) => box.x))
  return { x: x - (END_WIDTH + COLUMN_GAP), y: meanY(boxes.filter((box) => box.x === x)) }
}

/** Beside those that reach furthest to the right. */
function behind(boxes: readonly Box[]): Position {
  const x = Math.max(...boxes.map((box) => box.x + box.width))
  return { x: x + COLUMN_GAP, y: meanY(boxes.filter((box) => box.x + box.width === x)) }
}

function meanY(boxes: readonly Box[]): number {
  return snap(boxes.reduce((sum, box) => sum + box.y, 0) / boxes.length)
}

/** A chart from left to right of all nodes; where one wire leads on, the two nodes stand with their upper edges level. */
export function tidyPositions(
  ids: readonly string[],
  links: readonly Link[],
  sizeOf: (id: string) => Size,
): ReadonlyMap<string, Position> {
  const graph = new Graph()
  graph.setGraph({ rankdir: 'LR', nodesep: ROW_GAP, ranksep: COLUMN_GAP })
  graph.setDefaultEdgeLabel(() => ({}))
  // The chart knows centres only, and wires end at a height of their own: each node is as high on either side of it.
  for (const id of ids) {
    const { width, height } = sizeOf(id)
    graph.setNode(id, { width, height: 2 * Math.max(HANDLE_Y, height - HANDLE_Y) })
  }
  for (const { source, target } of links) graph.setEdge(source, target)
  dagreLayout(graph)
  return new Map(
    ids.map((id) => {
      const { x, y } = graph.node(id) as Position
      return [id, { x: snap(x - sizeOf(id).width / 2), y: snap(y - HANDLE_Y) }]
    }),
  )
}

export function snap(value: number): number {
  return Math.round(value / GRID) * GRID
}

/** The wanted place, or the nearest one below it that touches nothing. */
export function freePlace(wanted: Box, taken: readonly Box[]): Position {
  let y = wanted.y
  for (;;) {
    const hit = taken.find(
      (other) =>
        wanted.x < other.x + other.width + GRID &&
        other.x < wanted.x + wanted.width + GRID &&
        y < other.y + other.height + GRID &&
        other.y < y + wanted.height + GRID,
    )
    if (hit === undefined) return { x: wanted.x, y }
    y = snap(hit.y + hit.height + 4 * GRID)
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
