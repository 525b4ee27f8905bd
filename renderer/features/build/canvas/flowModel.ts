import type { Edge, Node } from '@xyflow/react'
import type { Chain, Position } from '../../../../shared/chain.ts'
import type { ChainGraph, Wire } from '../../../../shared/graph.ts'
import type { Problem } from '../../../../shared/problem.ts'
import { type OutputFace, outputFace } from './outputFace.ts'
import { placeNodes } from './placeNodes.ts'
import { type SourceFace, sourceFace } from './sourceFace.ts'
import { type StageFace, stageFace } from './stageFace.ts'

/** Ids of the two nodes that are no stages, in the canvas and under `layout:`. A stage id cannot hold a `$`. */
export const SOURCE_NODE = '$source'
export const OUTPUT_NODE = '$output'

export type StageNode = Node<{ face: StageFace }, 'stage'>
export type SourceNode = Node<{ face: SourceFace }, 'source'>
export type OutputNode = Node<{ face: OutputFace }, 'result'>
export type ChainNode = StageNode | SourceNode | OutputNode

/** `implied`: a last stage whose output is the result because the chain names no output. */
export type WireKind = Wire['kind'] | 'implied'
export type WireEdge = Edge<{ kind: WireKind; label: string; lane: number }, 'wire'>

export interface FlowModel {
  readonly nodes: readonly ChainNode[]
  readonly edges: readonly WireEdge[]
}

/** The chain as the canvas draws it. Whatever is not in the chain's text is not in here: no selection, no run. */
export function flowModel(chain: Chain, graph: ChainGraph, problems: readonly Problem[]): FlowModel {
  const edges = chainEdges(chain, graph)
  const positions = placeNodes({
    stages: Object.keys(chain.stages),
    ends: [SOURCE_NODE, OUTPUT_NODE],
    links: edges,
    stored: chain.layout ?? {},
  })
  const at = (id: string): Position => positions.get(id) ?? { x: 0, y: 0 }
  const stages = Object.entries(chain.stages).map(([id, stage]): StageNode => {
    const face = stageFace(id, stage, problems)
    return { id, type: 'stage', position: at(id), data: { face }, ariaLabel: stageLabel(face) }
  })
  const source = sourceFace(chain.source ?? null, problems)
  const output = outputFace(chain, problems)
  return {
    nodes: [
      {
        id: SOURCE_NODE,
        type: 'source',
        position: at(SOURCE_NODE),
        data: { face: source },
        ariaLabel: `Source: ${source.title}`,
        deletable: false,
      },
      ...stages,
      {
        id: OUTPUT_NODE,
        type: 'result',
        position: at(OUTPUT_NODE),
        data: { face: output },
        ariaLabel: `Result: ${output.does}`,
        deletable: false,
      },
    ],
    edges,
  }
}

/** All nodes of the canvas in the order in which a person tabs through them. */
function nodeIds(chain: Chain): readonly string[] {
  return [SOURCE_NODE, ...Object.keys(chain.stages), OUTPUT_NODE]
}

/** Wires that run along beneath a row of stages keep apart by where they come from. */
const LANES = 4

/** One edge for each pair of nodes, however many references and kinds of reference it stands for. */
function chainEdges(chain: Chain, graph: ChainGraph): readonly WireEdge[] {
  const lanes = new Map(nodeIds(chain).map((id, index) => [id, index % LANES]))
  const pairs = new Map<string, { source: string; target: string; wires: Wire[] }>()
  for (const wire of graph.wires) {
    const source = wire.from === 'item' ? SOURCE_NODE : wire.from
    if (source === 'params' || source === 'run') continue
    const target = wire.to ?? OUTPUT_NODE
    const id = edgeId(source, target)
    const pair = pairs.get(id) ?? { source, target, wires: [] }
    pair.wires.push(wire)
    pairs.set(id, pair)
  }
  const drawn = [...pairs].map(
    ([id, { source, target, wires }]): WireEdge => ({
      id,
      type: 'wire',
      source,
      target,
      data: { kind: strongest(wires), label: wiresLabel(wires), lane: lanes.get(source) ?? 0 },
      ariaLabel: `Wire from ${nodeName(source)} to ${nodeName(target)}: ${wiresLabel(wires)}`,
    }),
  )
  if (chain.output !== undefined) return drawn
  const implied = graph.last.map(
    (id): WireEdge => ({
      id: edgeId(id, OUTPUT_NODE),
      type: 'wire',
      source: id,
      target: OUTPUT_NODE,
      data: { kind: 'implied', label: 'the whole output', lane: lanes.get(id) ?? 0 },
      ariaLabel: `The output of ${id} is the result`,
      deletable: false,
    }),
  )
  return [...drawn, ...implied]
}

function edgeId(source: string, target: string): string {
  return `${source}→${target}`
}

function strongest(wires: readonly Wire[]): WireKind {
  const kinds = new Set(wires.map((wire) => wire.kind))
  return kinds.has('data') ? 'data' : kinds.has('condition') ? 'condition' : 'order'
}

/** What travels: `product, problem`, `when category`, `after`. */
function wiresLabel(wires: readonly Wire[]): string {
  return wires
    .map(({ kind, fields }) => {
      if (kind === 'order') return 'waits for it'
      const names = fields.length === 0 ? 'the whole output' : fields.join(', ')
      return kind === 'condition' ? `when: ${names}` : names
    })
    .join(' · ')
}

function nodeName(id: string): string {
  if (id === SOURCE_NODE) return 'the source'
  return id === OUTPUT_NODE ? 'the result' : id
}

function stageLabel(face: StageFace): string {
  const tier = face.tier === null ? '' : `, tier ${face.tier}`
  const errors =
    face.problems.length === 0 ? '' : `, ${face.problems.length} ${face.problems.length === 1 ? 'problem' : 'problems'}`
  return `Stage ${face.id}${tier}, ${face.does}${errors}`
}

/**
 * What React Flow holds, brought to a new model: a node or edge that looks as before is left as it is, so that it is not
 * drawn again, and the others keep what React Flow knows of them (measured size, selection).
 */
export function mergeFlow<T extends { readonly id: string }>(held: readonly T[], model: readonly T[]): T[] {
  const before = new Map(held.map((entry) => [entry.id, entry]))
  return model.map((entry) => {
    const old = before.get(entry.id)
    if (old === undefined) return entry
    const looksSame = Object.entries(entry).every(
      ([key, value]) => JSON.stringify(old[key as keyof T]) === JSON.stringify(value),
    )
    return looksSame ? old : { ...old, ...entry }
  })
}
