import type { Position } from '../../../../shared/chain.ts'

interface Placed {
  readonly id: string
  readonly position: Position
}
interface Link {
  readonly source: string
  readonly target: string
  /** Set where a wire begins or ends inside a map. */
  readonly sourceHandle?: string | null
  readonly targetHandle?: string | null
}

export type Direction = 'left' | 'right' | 'up' | 'down'

/**
 * The node that an arrow key leads to: left and right follow the wires (the straightest one first), up and down go to the
 * nearest node above or below. Sideways a map is one node, which its first and last stages lead out to; down leads into
 * it. Positions are on the canvas, whatever map a node stands in. null: there is none.
 */
export function walk(
  flow: { nodes: readonly Placed[]; edges: readonly Link[] },
  from: string,
  direction: Direction,
): string | null {
  const here = flow.nodes.find((node) => node.id === from)
  if (here === undefined) return null
  const isVertical = direction === 'up' || direction === 'down'
  const candidates = isVertical ? beyond(flow.nodes, here, direction) : wired(flow, from, direction)
  let best: { id: string; cost: number } | null = null
  for (const { id, position } of candidates) {
    const dx = Math.abs(position.x - here.position.x)
    const dy = Math.abs(position.y - here.position.y)
    // Off the line of travel a pixel counts twice: what stands straight ahead is what is meant.
    const cost = isVertical ? dy + 2 * dx : dx + 2 * dy
    if (best === null || cost < best.cost) best = { id, cost }
  }
  return best?.id ?? null
}

function beyond(nodes: readonly Placed[], here: Placed, direction: 'up' | 'down'): readonly Placed[] {
  return nodes.filter((node) =>
    direction === 'up' ? node.position.y < here.position.y : node.position.y > here.position.y,
  )
}

function wired(
  { nodes, edges }: { nodes: readonly Placed[]; edges: readonly Link[] },
  from: string,
  direction: 'left' | 'right',
): readonly Placed[] {
  const ids = edges.flatMap(({ source, target, sourceHandle, targetHandle }) => {
    if (direction === 'right') return source === from && sourceHandle == null ? [target] : []
    return target === from && targetHandle == null ? [source] : []
  })
  return nodes.filter((node) => ids.includes(node.id))
}
