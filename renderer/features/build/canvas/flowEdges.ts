import type { Edge } from '@xyflow/react'
import type { Chain } from '../../../../shared/chain.ts'
import type { ChainGraph, Wire } from '../../../../shared/graph.ts'
import { allStages, type PlacedStage } from '../../../../shared/stageTree.ts'
import { ELEMENT_HANDLE, OUTPUT_NODE, RESULT_HANDLE, SOURCE_NODE } from './nodeIds.ts'

/** `implied`: a last stage whose output is the result because no output is named. */
export type WireKind = Wire['kind'] | 'implied'
/** Where a short wire turns, so that it runs along no map's border. */
export type WireBend = 'middle' | 'source' | 'target'
/** `track`: which of the ways beneath a row it takes. `room`: how far beneath its ends other nodes reach down. */
export type WireEdge = Edge<{ kind: WireKind; label: string; track: number; room: number; bend: WireBend }, 'wire'>

/** Wires that run along beneath a row of stages keep apart by where they come from. */
const TRACKS = 4

/** One edge for each pair of nodes, however many references and kinds of reference it stands for. */
export function flowEdges(chain: Chain, graph: ChainGraph): readonly WireEdge[] {
  const stages = new Map(allStages(chain).map((placed) => [placed.id, placed]))
  const tracks = new Map([SOURCE_NODE, ...stages.keys()].map((id, index) => [id, index % TRACKS]))
  const pairs = new Map<string, { source: string; target: string; wires: Wire[] }>()
  for (const wire of graph.wires) {
    const source = wire.from === 'item' ? SOURCE_NODE : wire.from
    if (source !== SOURCE_NODE && !stages.has(source)) continue
    const target = wire.to ?? OUTPUT_NODE
    const id = edgeId(source, target)
    const pair = pairs.get(id) ?? { source, target, wires: [] }
    pair.wires.push(wire)
    pairs.set(id, pair)
  }
  const edge = (source: string, target: string, { kind, label }: { kind: WireKind; label: string }): WireEdge => ({
    id: edgeId(source, target),
    type: 'wire',
    source,
    target,
    ...handles(stages, source, target),
    data: { kind, label, track: tracks.get(source) ?? 0, room: 0, bend: 'middle' },
  })
  const drawn = [...pairs.values()].map(({ source, target, wires }): WireEdge => {
    const kind = strongest(wires)
    const label = wiresLabel(wires)
    const ariaLabel = `Wire from ${nodeName(source)} to ${nodeName(target)}: ${label}`
    return { ...edge(source, target, { kind, label }), ariaLabel, ...(kind === 'lane' ? { deletable: false } : {}) }
  })
  const implied = (id: string, target: string): WireEdge => ({
    ...edge(id, target, { kind: 'implied', label: 'the whole output' }),
    ariaLabel:
      target === OUTPUT_NODE ? `The output of ${id} is the result` : `The output of ${id} is that of an element`,
    deletable: false,
  })
  return [
    ...drawn,
    ...(chain.output === undefined ? graph.last.map((id) => implied(id, OUTPUT_NODE)) : []),
    ...[...stages.values()].flatMap(({ id, stage }) =>
      stage.kind === 'map' && stage.output === undefined
        ? (graph.inside.get(id)?.last ?? []).map((last) => implied(last, id))
        : [],
    ),
  ]
}

/** A map has two ends inside, beside the two that every stage has. */
function handles(
  stages: ReadonlyMap<string, PlacedStage>,
  source: string,
  target: string,
): { sourceHandle?: string; targetHandle?: string } {
  const isElement = stages.get(source)?.stage.kind === 'map' && stages.get(target)?.path.includes(source) === true
  const isResult = stages.get(source)?.map === target || source === target
  return {
    ...(isElement ? { sourceHandle: ELEMENT_HANDLE } : {}),
    ...(isResult ? { targetHandle: RESULT_HANDLE } : {}),
  }
}

function edgeId(source: string, target: string): string {
  return `${source}→${target}`
}

function strongest(wires: readonly Wire[]): WireKind {
  const kinds = new Set(wires.map((wire) => wire.kind))
  return (['data', 'condition', 'order', 'lane'] as const).find((kind) => kinds.has(kind)) ?? 'data'
}

/** What travels: `product, problem`, `when category`, `after`. */
function wiresLabel(wires: readonly Wire[]): string {
  return wires
    .map(({ kind, fields }) => {
      if (kind === 'order') return 'waits for it'
      if (kind === 'lane') return 'goes into a group'
      const names = fields.length === 0 ? 'the whole output' : fields.join(', ')
      return kind === 'condition' ? `when: ${names}` : names
    })
    .join(' · ')
}

function nodeName(id: string): string {
  if (id === SOURCE_NODE) return 'the source'
  return id === OUTPUT_NODE ? 'the result' : id
}
