import type { Position } from '../../../../shared/chain.ts'
import { MAP_ROOM } from './placeChain.ts'

type Positions = Readonly<Record<string, Position>>

interface Grown {
  /** Of the stages inside, within the map. */
  readonly inside: Positions
  /** Of the map itself. */
  readonly map: Position
}

/**
 * Makes room where stages were put beyond the left or upper edge of their map: the map reaches further out, and everything
 * inside stays where it is seen. To the right and below it grows by itself.
 */
export function growMap(map: Position, inside: Positions): Grown {
  const places = Object.values(inside)
  const left = Math.max(0, MAP_ROOM.side - Math.min(...places.map(({ x }) => x), Number.POSITIVE_INFINITY))
  const up = Math.max(0, MAP_ROOM.top - Math.min(...places.map(({ y }) => y), Number.POSITIVE_INFINITY))
  if (left === 0 && up === 0) return { inside, map }
  return {
    inside: Object.fromEntries(Object.entries(inside).map(([id, { x, y }]) => [id, { x: x + left, y: y + up }])),
    map: { x: map.x - left, y: map.y - up },
  }
}
