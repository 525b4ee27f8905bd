import type { Position } from '../../../../shared/chain.ts'
import type { ChainNode } from './flowModel.ts'
import { NODE_HEIGHT, NODE_WIDTH } from './placeNodes.ts'

/** A node as far as its place on the canvas goes. */
export type PlacedNode = Pick<ChainNode, 'id' | 'type' | 'position' | 'parentId' | 'width' | 'height'>

/** Where a node stands on the canvas, whatever maps it stands in. */
export function absolutePosition(nodes: readonly PlacedNode[], id: string): Position {
  let x = 0
  let y = 0
  for (let at = find(nodes, id); at !== undefined; at = find(nodes, at.parentId)) {
    x += at.position.x
    y += at.position.y
  }
  return { x, y }
}

/** The innermost map under a point of the canvas; null: none. `without`: nodes that do not count, with all inside them. */
export function mapAt(nodes: readonly PlacedNode[], point: Position, without: readonly string[] = []): string | null {
  const under = nodes.filter((node) => {
    if (node.type !== 'map' || isWithin(nodes, node.id, without)) return false
    const { x, y } = absolutePosition(nodes, node.id)
    const { width = NODE_WIDTH, height = NODE_HEIGHT } = node
    return point.x >= x && point.y >= y && point.x <= x + width && point.y <= y + height
  })
  // A map stands behind the one that holds it, in the order of the nodes.
  return under.at(-1)?.id ?? null
}

function isWithin(nodes: readonly PlacedNode[], id: string, others: readonly string[]): boolean {
  for (let at = find(nodes, id); at !== undefined; at = find(nodes, at.parentId))
    if (others.includes(at.id)) return true
  return false
}

function find(nodes: readonly PlacedNode[], id: string | undefined): PlacedNode | undefined {
  return id === undefined ? undefined : nodes.find((node) => node.id === id)
}

/** A point of the canvas as a position within a map; null: of the canvas itself. */
export function withinMap(nodes: readonly PlacedNode[], map: string | null, point: Position): Position {
  if (map === null) return point
  const origin = absolutePosition(nodes, map)
  return { x: point.x - origin.x, y: point.y - origin.y }
}
