import type { Node } from '@xyflow/react'
import type { Chain } from '../../../../shared/chain.ts'
import type { ChainGraph } from '../../../../shared/graph.ts'
import type { Problem } from '../../../../shared/problem.ts'
import { allStages } from '../../../../shared/stageTree.ts'
import { flowEdges, type WireEdge } from './flowEdges.ts'
import { OUTPUT_NODE, SOURCE_NODE } from './nodeIds.ts'
import { type OutputFace, outputFace } from './outputFace.ts'
import { placeChain } from './placeChain.ts'
import { type Box, STAGE_SIZE } from './placeNodes.ts'
import { type SourceFace, sourceFace } from './sourceFace.ts'
import { type StageFace, stageFace } from './stageFace.ts'
import { wireRooms } from './wireRooms.ts'

export type StageNode = Node<{ face: StageFace }, 'stage'>
/** A map, with the stages it holds as its children. */
export type MapNode = Node<{ face: StageFace; as: string; isEmpty: boolean }, 'map'>
export type SourceNode = Node<{ face: SourceFace }, 'source'>
export type OutputNode = Node<{ face: OutputFace }, 'result'>
export type ChainNode = StageNode | MapNode | SourceNode | OutputNode

export interface FlowModel {
  readonly nodes: readonly ChainNode[]
  readonly edges: readonly WireEdge[]
}

/** The chain as the canvas draws it. Whatever is not in the chain's text is not in here: no selection, no run. */
export function flowModel(chain: Chain, graph: ChainGraph, problems: readonly Problem[]): FlowModel {
  const edges = flowEdges(chain, graph)
  const boxes = placeChain(chain, edges, chain.layout ?? {})
  const box = (id: string): Box => boxes.get(id) ?? { x: 0, y: 0, ...STAGE_SIZE }
  const at = (id: string) => ({ x: box(id).x, y: box(id).y })
  const stages = allStages(chain).map((placed): StageNode | MapNode => {
    const { id, stage, map } = placed
    const face = stageFace(placed, problems)
    const common = {
      id,
      position: at(id),
      ariaLabel: stageLabel(face, map),
      ...(map === null ? {} : { parentId: map }),
    }
    if (stage.kind !== 'map') return { ...common, type: 'stage', data: { face } }
    const { width, height } = box(id)
    const isEmpty = Object.keys(stage.stages).length === 0
    return { ...common, type: 'map', width, height, data: { face, as: stage.as, isEmpty } }
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
    edges: wireRooms(edges, chain, boxes),
  }
}

function stageLabel(face: StageFace, map: string | null): string {
  const tier = face.tier === null ? '' : `, tier ${face.tier}`
  const inside = map === null ? '' : `, inside ${map}`
  const errors =
    face.problems.length === 0 ? '' : `, ${face.problems.length} ${face.problems.length === 1 ? 'problem' : 'problems'}`
  return `Stage ${face.id}${tier}${inside}, ${face.does}${errors}`
}

/** What React Flow knows of a node or an edge, beside what it was given. */
const KEPT = ['measured', 'selected', 'dragging'] as const

/**
 * What React Flow holds, brought to a new model: a node or edge that looks as before is left as it is, so that it is not
 * drawn again, and the others keep what React Flow knows of them (measured size, selection).
 */
export function mergeFlow<T extends { readonly id: string }>(held: readonly T[], model: readonly T[]): T[] {
  const before = new Map(held.map((entry) => [entry.id, entry]))
  return model.map((entry) => {
    const old = before.get(entry.id)
    if (old === undefined) return entry
    const kept = Object.fromEntries(KEPT.filter((key) => key in old).map((key) => [key, old[key as keyof T]]))
    const next = { ...kept, ...entry }
    const keys = new Set([...Object.keys(old), ...Object.keys(next)])
    const looksSame = [...keys].every(
      (key) => JSON.stringify(old[key as keyof T]) === JSON.stringify(next[key as keyof T]),
    )
    return looksSame ? old : next
  })
}
