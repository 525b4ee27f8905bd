import { applyEdgeChanges, applyNodeChanges, type EdgeChange, type NodeChange } from '@xyflow/react'
import { create } from 'zustand'
import { useViewStore } from '../../../stores/viewStore.ts'
import type { WireEdge } from './flowEdges.ts'
import { type ChainNode, type FlowModel, mergeFlow } from './flowModel.ts'

interface FlowState {
  readonly nodes: ChainNode[]
  readonly edges: WireEdge[]
  /** The map that what is dragged just now would go into; null: none, or it is there already. */
  readonly dropMap: string | null
  /** Brings the canvas to a new state of the chain. */
  show(model: FlowModel): void
  changeNodes(changes: NodeChange<ChainNode>[]): void
  changeEdges(changes: EdgeChange<WireEdge>[]): void
  /** Selects these nodes and no wire. */
  selectNodes(ids: readonly string[]): void
  /** The same for a selection made elsewhere; one that is shown already leaves a selected wire alone. */
  followSelection(ids: readonly string[]): void
  showDropMap(map: string | null): void
}

/**
 * What React Flow holds: the model's nodes with their measured sizes, a drag in progress and the selection. The chain's
 * text stays the only truth; a finished drag is written there as an edit and comes back as a new model.
 */
export const useFlowStore = create<FlowState>()((set, get) => ({
  nodes: [],
  edges: [],
  dropMap: null,
  show(model) {
    set(({ nodes, edges }) => ({
      nodes: withSelection(mergeFlow(nodes, model.nodes), useViewStore.getState().selectedStages),
      edges: mergeFlow(edges, model.edges),
    }))
  },
  changeNodes(changes) {
    set(({ nodes }) => ({ nodes: applyNodeChanges(changes, nodes) }))
    if (changes.some((change) => change.type === 'select')) publishSelection(get().nodes)
  },
  changeEdges(changes) {
    set(({ edges }) => ({ edges: applyEdgeChanges(changes, edges) }))
  },
  selectNodes(ids) {
    set(({ nodes, edges }) => ({
      nodes: withSelection(nodes, ids),
      edges: edges.some((edge) => edge.selected) ? edges.map((edge) => ({ ...edge, selected: false })) : edges,
    }))
    publishSelection(get().nodes)
  },
  followSelection(ids) {
    const shown = selectedIds(get().nodes)
    if (shown.length !== ids.length || shown.some((id) => !ids.includes(id))) get().selectNodes(ids)
  },
  showDropMap(dropMap) {
    if (get().dropMap !== dropMap) set({ dropMap })
  },
}))

function selectedIds(nodes: readonly ChainNode[]): readonly string[] {
  return nodes.filter((node) => node.selected).map((node) => node.id)
}

function withSelection(nodes: ChainNode[], ids: readonly string[]): ChainNode[] {
  return nodes.map((node) =>
    (node.selected ?? false) === ids.includes(node.id) ? node : { ...node, selected: !node.selected },
  )
}

/** The selection is shared with the inspector and the other screens. */
function publishSelection(nodes: readonly ChainNode[]): void {
  const ids = selectedIds(nodes)
  const { selectedStages, select } = useViewStore.getState()
  if (ids.length !== selectedStages.length || ids.some((id) => !selectedStages.includes(id))) select(ids)
}
