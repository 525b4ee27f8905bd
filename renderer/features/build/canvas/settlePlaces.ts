import type { Position } from '../../../../shared/chain.ts'
import { growMap } from './growMap.ts'
import type { PlacedNode } from './mapPlaces.ts'

type Positions = Readonly<Record<string, Position>>

/**
 * All positions to be written when some stages of one map (null: of the chain itself) get new ones. Inside a map the others
 * are written too, for a map that knows only some of its places would lay the rest out around them; where it has to reach
 * further out to the left or above, so do the maps around it.
 */
export function settlePlaces(nodes: readonly PlacedNode[], map: string | null, moved: Positions): Positions {
  let positions: Positions = moved
  let changed = moved
  let at = nodes.find((node) => node.id === map)
  while (at !== undefined) {
    const here = at
    const siblings = nodes.filter((node) => node.parentId === here.id && !(node.id in changed))
    const inside = { ...Object.fromEntries(siblings.map((node) => [node.id, node.position])), ...changed }
    const grown = growMap(here.position, inside)
    positions = { ...positions, ...grown.inside }
    if (grown.map === here.position) break
    changed = { [here.id]: grown.map }
    positions = { ...positions, ...changed }
    at = nodes.find((node) => node.id === here.parentId)
  }
  return positions
}
