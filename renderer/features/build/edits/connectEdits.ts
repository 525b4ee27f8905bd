import type { Chain } from '../../../../shared/chain.ts'
import type { ChainEdit } from '../../../../shared/chainEdit.ts'
import type { ChainGraph } from '../../../../shared/graph.ts'
import { findStage } from '../../../../shared/stageTree.ts'
import { hasText } from '../../../lib/hasText.ts'
import { ELEMENT_HANDLE, OUTPUT_NODE, SOURCE_NODE } from '../canvas/nodeIds.ts'
import { laneRefusal } from './laneRefusal.ts'
import { mapRefusal } from './mapRefusal.ts'
import { connectOutputEdit, disconnectOutputEdit } from './outputEdits.ts'
import type { WireEnds } from './wireEnds.ts'
import { trailBetween } from './wireTrail.ts'

/** Why a wire cannot be drawn between two nodes, in words for the person; null: it can. */
export function connectRefusal(chain: Chain, graph: ChainGraph, ends: WireEnds): string | null {
  const { source, target } = ends
  if (source === target && ends.sourceHandle !== ELEMENT_HANDLE) return 'A stage cannot use its own output.'
  if (target === SOURCE_NODE) return 'The source takes nothing in.'
  if (source === OUTPUT_NODE) return 'Nothing comes after the result.'
  return (
    mapRefusal(chain, ends) ??
    drawnAlready(chain, graph, ends) ??
    circle(chain, graph, ends) ??
    laneRefusal(chain, graph, ends)
  )
}

function drawnAlready(chain: Chain, graph: ChainGraph, { source, target }: WireEnds): string | null {
  const from = wireName(source)
  const to = target === OUTPUT_NODE ? null : target
  const between = graph.wires.filter((wire) => wire.from === from && wire.to === to)
  if (between.some((wire) => wire.kind === 'lane'))
    return `\`${target}\` takes ${source === SOURCE_NODE ? 'every item' : 'all that its lane gives'} already.`
  const isImplied = to === null && chain.output === undefined && graph.last.includes(from)
  const isDrawn = between.some((wire) => wire.kind === 'data') || isImplied
  if (!isDrawn) return null
  return `${source === SOURCE_NODE ? 'The item' : `\`${source}\``} is used there already.`
}

function circle(chain: Chain, graph: ChainGraph, { source, target }: WireEnds): string | null {
  if (source === SOURCE_NODE || target === OUTPUT_NODE || isInside(chain, target, source)) return null
  const trail = trailBetween(chain, graph, { from: target, to: source })
  if (trail === null) return null
  return `\`${source}\` already waits for \`${trail[0]}\` (${trail.join(' → ')}): this wire would go round in a circle.`
}

/** Whether a stage stands in a map, however deep. */
function isInside(chain: Chain, stage: string, map: string): boolean {
  return stage !== map && findStage(chain, stage)?.path.includes(map) === true && findStage(chain, map) !== null
}

/** The edits that write a drawn wire into the chain. */
export function connectEdits(chain: Chain, { source, target }: WireEnds): readonly ChainEdit[] {
  const field = fieldOf(chain, source, target)
  if (target === OUTPUT_NODE) return [connectOutputEdit(chain, { map: null, from: wireName(source), field })]
  if (isOutputOf(chain, source, target)) return [connectOutputEdit(chain, { map: target, from: source, field })]
  return [{ kind: 'connect', from: wireName(source), to: target, ...(field === null ? {} : { field }) }]
}

export function disconnectEdits(chain: Chain, { source, target }: WireEnds): readonly ChainEdit[] {
  const from = wireName(source)
  if (target === OUTPUT_NODE) return [disconnectOutputEdit(chain, null, from)]
  if (isOutputOf(chain, source, target)) return [disconnectOutputEdit(chain, target, from)]
  return [{ kind: 'disconnect', from, to: target }]
}

/** A wire from a stage to the map that it stands in is part of the element's result. */
function isOutputOf(chain: Chain, source: string, target: string): boolean {
  return findStage(chain, source)?.map === target
}

/** What stands behind the name for a stage that is to get the content; null: the whole, as another chain's item. */
function fieldOf(chain: Chain, source: string, target: string): string | null {
  if (findStage(chain, target)?.stage.kind === 'chain') return null
  if (source === SOURCE_NODE) return itemField(chain)
  return isInside(chain, target, source) ? elementField(chain, source) : null
}

/** A chain without a source will mostly be launched on a folder. */
function itemField(chain: Chain): string | null {
  return chain.source === undefined || hasText(chain.source) ? 'text' : null
}

/** A chunk is an object whose text is meant. */
function elementField(chain: Chain, map: string): string | null {
  const stage = findStage(chain, map)?.stage
  if (stage?.kind !== 'map' || typeof stage.over !== 'string') return null
  const name = /^\s*\{\{\s*(\w+)\s*\}\}\s*$/.exec(stage.over)?.[1]
  return name !== undefined && findStage(chain, name)?.stage.kind === 'chunk' ? 'text' : null
}

/** `{{ item.text }}`, `{{ extract }}`, `{{ items }}`, `{{ section.text }}`: how a new stage refers to the node it is put behind. */
export function referenceTo(chain: Chain, node: string, isElement = false): string {
  const { name, field } = nameOf(chain, node, isElement)
  return `{{ ${field === null ? name : `${name}.${field}`} }}`
}

function nameOf(chain: Chain, node: string, isElement: boolean): { name: string; field: string | null } {
  if (node === SOURCE_NODE) return { name: 'item', field: itemField(chain) }
  const stage = findStage(chain, node)?.stage
  if (isElement && stage?.kind === 'map') return { name: stage.as, field: elementField(chain, node) }
  if (stage?.kind !== 'gather') return { name: node, field: null }
  const gathers = Object.values(chain.stages).filter(({ kind }) => kind === 'gather')
  return gathers.length > 1 ? { name: node, field: 'items' } : { name: 'items', field: null }
}

function wireName(node: string): string {
  return node === SOURCE_NODE ? 'item' : node
}
