import type { Chain } from '../../../../shared/chain.ts'
import type { ChainGraph } from '../../../../shared/graph.ts'
import { OUTPUT_NODE, SOURCE_NODE } from '../canvas/nodeIds.ts'
import type { WireEnds } from './wireEnds.ts'
import { onLevel } from './wireTrail.ts'

/** Why a wire cannot cross a gather's border; null: it does not, or the stage may move to the other side. */
export function laneRefusal(chain: Chain, graph: ChainGraph, { source, target }: WireEnds): string | null {
  if (graph.lanes.length === 1) return null
  const given = laneGiven(chain, graph, source)
  const last = graph.lanes.length - 1
  if (target === OUTPUT_NODE) return given === last ? null : onlyBefore(graph, source, { given, by: 'the result is' })
  const top = onLevel(chain, target, null)
  if (given === null || top === null) return null
  const lane = graph.laneOf.get(top) ?? 0
  if (given === lane) return null
  if (given < lane) return onlyBefore(graph, source, { given, by: `\`${target}\` runs` })
  const ofItem = usesOfLane(chain, graph, top).filter((name) => (laneGiven(chain, graph, name) ?? given) < given)
  if (ofItem.length === 0) return null
  const names = ofItem.map((name) => (name === SOURCE_NODE ? 'the item' : `\`${name}\``)).join(', ')
  return `\`${top}\` uses ${names}, and behind \`${gatherBefore(graph, given)}\` there are groups of items: take that wire out first.`
}

/** The lane in which a node's output is known; null: in every one. */
function laneGiven(chain: Chain, graph: ChainGraph, node: string): number | null {
  if (node === SOURCE_NODE) return 0
  const top = onLevel(chain, node, null)
  if (top === null) return null
  const lane = graph.laneOf.get(top) ?? 0
  return chain.stages[top]?.kind === 'gather' ? lane + 1 : lane
}

function gatherBefore(graph: ChainGraph, lane: number): string {
  return graph.lanes[lane]?.begins ?? ''
}

function onlyBefore(graph: ChainGraph, source: string, { given, by }: { given: number | null; by: string }): string {
  const name = source === SOURCE_NODE ? 'The item' : `\`${source}\``
  return `${name} is of one ${given === 0 ? 'item' : 'group'}, and ${by} once a group: draw the wire from \`${graph.lanes[given ?? 0]?.ends}\`, whose groups have what each member brought along.`
}

/** What a top-level stage, and all inside it, uses from outside; the source as its node. */
function usesOfLane(chain: Chain, graph: ChainGraph, top: string): readonly string[] {
  const from = graph.wires
    .filter((wire) => wire.kind !== 'lane' && wire.to !== null && onLevel(chain, wire.to, null) === top)
    .map((wire) => (wire.from === 'item' ? SOURCE_NODE : wire.from))
  return [...new Set(from)].filter((name) => name === SOURCE_NODE || onLevel(chain, name, null) !== top)
}
