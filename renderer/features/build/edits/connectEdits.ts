import type { Chain } from '../../../../shared/chain.ts'
import { type Source, sourceKind } from '../../../../shared/source.ts'
import type { ChainEdit } from '../../../../shared/chainEdit.ts'
import type { ChainGraph } from '../../../../shared/graph.ts'
import { OUTPUT_NODE, SOURCE_NODE } from '../canvas/flowModel.ts'
import { connectOutputEdit, disconnectOutputEdit } from './outputEdits.ts'

interface Ends {
  readonly source: string
  readonly target: string
}

/** Why a wire cannot be drawn between two nodes, in words for the person; null: it can. */
export function connectRefusal(chain: Chain, graph: ChainGraph, { source, target }: Ends): string | null {
  if (source === target) return 'A stage cannot use its own output.'
  if (target === SOURCE_NODE) return 'The source takes nothing in.'
  if (source === OUTPUT_NODE) return 'Nothing comes after the result.'
  const from = wireName(source)
  const to = target === OUTPUT_NODE ? null : target
  const isDrawn = graph.wires.some((wire) => wire.from === from && wire.to === to && wire.kind === 'data')
  if (isDrawn || (to === null && chain.output === undefined && graph.last.includes(from)))
    return `${source === SOURCE_NODE ? 'The item' : `\`${source}\``} is used there already.`
  const trail = to === null ? null : trailBetween(graph, to, from)
  if (trail !== null)
    return `\`${from}\` already waits for \`${to}\` (${trail.join(' → ')}): this wire would go round in a circle.`
  return null
}

/** The edits that write a drawn wire into the chain. */
export function connectEdits(chain: Chain, { source, target }: Ends): readonly ChainEdit[] {
  const field = source === SOURCE_NODE ? itemField(chain.source) : null
  if (target === OUTPUT_NODE) return [connectOutputEdit(chain, wireName(source), field)]
  return [{ kind: 'connect', from: wireName(source), to: target, ...(field === null ? {} : { field }) }]
}

export function disconnectEdits(chain: Chain, { source, target }: Ends): readonly ChainEdit[] {
  const from = wireName(source)
  if (target === OUTPUT_NODE) return [disconnectOutputEdit(chain, from)]
  return [{ kind: 'disconnect', from, to: target }]
}

/**
 * What stands behind `item.` for a stage that is to get the item's content; null: the item as a whole. A chain without a
 * source will mostly be launched on a folder.
 */
function itemField(source: Source | undefined): string | null {
  return source === undefined || ['folder', 'text'].includes(sourceKind(source)) ? 'text' : null
}

/** `{{ item.text }}`, `{{ extract }}`: how a new stage refers to the node it is put behind. */
export function referenceTo(chain: Chain, node: string): string {
  if (node !== SOURCE_NODE) return `{{ ${node} }}`
  const field = itemField(chain.source)
  return field === null ? '{{ item }}' : `{{ item.${field} }}`
}

function wireName(node: string): string {
  return node === SOURCE_NODE ? 'item' : node
}

/** Stage ids from `from` to `to` along the wires, both included; null: there is no way. */
function trailBetween(graph: ChainGraph, from: string, to: string): readonly string[] | null {
  const cameFrom = new Map<string, string | null>([[from, null]])
  const queue = [from]
  for (const at of queue) {
    if (at === to) return backFrom(at, cameFrom)
    for (const [id, dependencies] of graph.dependencies) {
      if (!dependencies.includes(at) || cameFrom.has(id)) continue
      cameFrom.set(id, at)
      queue.push(id)
    }
  }
  return null
}

function backFrom(end: string, cameFrom: ReadonlyMap<string, string | null>): readonly string[] {
  const trail: string[] = []
  for (let at: string | null = end; at !== null; at = cameFrom.get(at) ?? null) trail.unshift(at)
  return trail
}
