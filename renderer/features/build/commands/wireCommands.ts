import { notifyError } from '../../../lib/notify.ts'
import { useChainStore } from '../../../stores/chainStore.ts'
import { useFlowStore } from '../canvas/flowStore.ts'
import { connectEdits, connectRefusal, disconnectEdits } from '../edits/connectEdits.ts'
import type { WireEnds } from '../edits/wireEnds.ts'
import { offerUndo } from './offerUndo.tsx'

/** Why a wire cannot be drawn between two nodes; null: it can. */
export function wireRefusal(ends: WireEnds): string | null {
  const { good } = useChainStore.getState()
  return good === null ? 'The chain cannot be read as it is.' : connectRefusal(good.chain, good.graph, ends)
}

/** Writes a drawn wire into the chain, or says why it cannot be. */
export function connect(ends: WireEnds): void {
  const { good, edit } = useChainStore.getState()
  if (good === null) return
  const refusal = wireRefusal(ends)
  if (refusal !== null) notifyError({ kind: 'not_possible', message: refusal })
  else edit(connectEdits(good.chain, ends), `Connect ${ends.source} to ${ends.target}`)
}

export function disconnect(wires: readonly WireEnds[]): void {
  const { good, edit } = useChainStore.getState()
  if (good === null || wires.length === 0) return
  edit(
    wires.flatMap((ends) => disconnectEdits(good.chain, ends)),
    'Delete wires',
  )
  offerUndo(wires.length === 1 ? 'Took the wire and its references out' : `Took ${wires.length} wires out`)
}

/** Wires that a person can delete: an implied one, and one that only says what a gather takes in, stand for nothing written. */
export function selectedWires(): readonly WireEnds[] {
  return useFlowStore
    .getState()
    .edges.filter((edge) => edge.selected && edge.data?.kind !== 'implied' && edge.data?.kind !== 'lane')
}
