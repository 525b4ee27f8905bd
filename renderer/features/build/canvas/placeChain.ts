import type { Chain, Position } from '../../../../shared/chain.ts'
import { namedSourcesOf } from '../../../../shared/source.ts'
import { allStages } from '../../../../shared/stageTree.ts'
import { OUTPUT_NODE, SOURCE_NODE } from './nodeIds.ts'
import { type Box, END_WIDTH, type Link, NODE_HEIGHT, placeNodes, type Size, STAGE_SIZE } from './placeNodes.ts'

/** Room inside a map around its stages: the title above, the ends of the inner wires at the sides, its foot below. */
export const MAP_ROOM = { top: 80, side: 56, bottom: 40 } as const
/** Height of one named source in the source's node. */
const SOURCE_LINE = 20

/**
 * Where every node of a chain stands, and how large it is. A stage inside a map stands where it does within that map; a map
 * is as large as what it holds. `stored`: the positions to keep.
 */
export function placeChain(
  chain: Chain,
  links: readonly Link[],
  stored: Readonly<Record<string, Position>>,
): ReadonlyMap<string, Box> {
  const placed = allStages(chain)
  const mapOf = new Map(placed.map(({ id, map }) => [id, map]))
  const boxes = new Map<string, Box>()

  /** Places the stages of one map, or of the chain itself, and gives the room that they take. */
  function placeLevel(map: string | null): Size {
    const own = placed.filter((stage) => stage.map === map)
    const sizes = new Map<string, Size>(
      own.map(({ id, stage }) => [id, stage.kind === 'map' ? placeLevel(id) : STAGE_SIZE]),
    )
    const sizeOf = (id: string): Size => sizes.get(id) ?? endSize(chain, id)
    const stages = own.map(({ id }) => id)
    const ends = map === null ? ([SOURCE_NODE, OUTPUT_NODE] as const) : null
    const positions = placeNodes({
      stages,
      ends,
      links: withEnds(linksOn(map, links, mapOf), stages, ends),
      stored,
      sizeOf,
    })
    const isStored = stages.some((id) => stored[id] !== undefined)
    const shift = map === null || isStored ? { x: 0, y: 0 } : intoMap([...positions.values()])
    for (const [id, { x, y }] of positions) boxes.set(id, { x: x + shift.x, y: y + shift.y, ...sizeOf(id) })
    return mapSize(stages.flatMap((id) => boxes.get(id) ?? []))
  }

  placeLevel(null)
  return boxes
}

/** The size of a map that holds these. */
function mapSize(boxes: readonly Box[]): Size {
  const right = Math.max(MAP_ROOM.side + STAGE_SIZE.width, ...boxes.map((box) => box.x + box.width))
  const bottom = Math.max(MAP_ROOM.top + NODE_HEIGHT, ...boxes.map((box) => box.y + box.height))
  return { width: right + MAP_ROOM.side, height: bottom + MAP_ROOM.bottom }
}

/** How far stages must move so that the first of them stands right inside the upper left of their map. */
function intoMap(positions: readonly Position[]): Position {
  if (positions.length === 0) return { x: 0, y: 0 }
  return {
    x: MAP_ROOM.side - Math.min(...positions.map(({ x }) => x)),
    y: MAP_ROOM.top - Math.min(...positions.map(({ y }) => y)),
  }
}

function endSize({ source }: Chain, id: string): Size {
  const lines = id === SOURCE_NODE && source !== undefined ? Object.keys(namedSourcesOf(source) ?? {}).length : 0
  return { width: END_WIDTH, height: NODE_HEIGHT + lines * SOURCE_LINE }
}

/** A stage that nothing leads to stands behind the source all the same, and one that leads nowhere before the result. */
function withEnds(
  links: readonly Link[],
  stages: readonly string[],
  ends: readonly [first: string, last: string] | null,
): readonly Link[] {
  if (ends === null) return links
  const [source, target] = ends
  const starts = stages.filter((id) => !links.some((link) => link.target === id))
  const stops = stages.filter((id) => !links.some((link) => link.source === id))
  return [...links, ...starts.map((id) => ({ source, target: id })), ...stops.map((id) => ({ source: id, target }))]
}

/** The wires as they run on one level: what happens inside a map is the map's. */
function linksOn(
  level: string | null,
  links: readonly Link[],
  mapOf: ReadonlyMap<string, string | null>,
): readonly Link[] {
  const lift = (id: string): string | null => {
    for (let at: string | null = id; at !== null; at = mapOf.get(at) ?? null)
      if ((mapOf.get(at) ?? null) === level) return at
    return null
  }
  return links.flatMap(({ source, target }) => {
    const [from, to] = [lift(source), lift(target)]
    return from === null || to === null || from === to ? [] : [{ source: from, target: to }]
  })
}
