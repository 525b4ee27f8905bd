import type { Chain } from '../../../../shared/chain.ts'
import type { ChainGraph } from '../../../../shared/graph.ts'
import { findStage } from '../../../../shared/stageTree.ts'

/**
 * Stage ids from `from` to `to` along what is written, both included; null: there is no way. Followed on the level of
 * `to`, where a map stands for all that is inside it. That a gather takes its lane is not written, and a stage that comes
 * to stand behind the gather leaves that lane.
 */
export function trailBetween(
  chain: Chain,
  graph: ChainGraph,
  { from, to }: { from: string; to: string },
): readonly string[] | null {
  const level = findStage(chain, to)?.map ?? null
  const start = onLevel(chain, from, level)
  if (start === null || start === to) return null
  const next = new Map<string, Set<string>>()
  for (const wire of graph.wires) {
    if (wire.kind === 'lane' || wire.to === null) continue
    const [a, b] = [onLevel(chain, wire.from, level), onLevel(chain, wire.to, level)]
    if (a !== null && b !== null && a !== b) next.set(a, (next.get(a) ?? new Set()).add(b))
  }
  const cameFrom = new Map<string, string | null>([[start, null]])
  const queue = [start]
  for (const at of queue) {
    if (at === to) return backFrom(at, cameFrom)
    for (const id of next.get(at) ?? [])
      if (!cameFrom.has(id)) {
        cameFrom.set(id, at)
        queue.push(id)
      }
  }
  return null
}

/** The stage itself, or the map on this level that holds it; null: it stands elsewhere. */
export function onLevel(chain: Chain, stage: string, level: string | null): string | null {
  for (let at = findStage(chain, stage); at !== null; at = at.map === null ? null : findStage(chain, at.map))
    if (at.map === level) return at.id
  return null
}

function backFrom(end: string, cameFrom: ReadonlyMap<string, string | null>): readonly string[] {
  const trail: string[] = []
  for (let at: string | null = end; at !== null; at = cameFrom.get(at) ?? null) trail.unshift(at)
  return trail
}
