import type { FinalConnectionState } from '@xyflow/react'
import { notifyError } from '../../../lib/notify.ts'
import { connect } from '../commands/wireCommands.ts'
import type { AddRequest } from './AddMenu.tsx'
import { useFlowStore } from './flowStore.ts'
import { ELEMENT_HANDLE, RESULT_HANDLE } from './nodeIds.ts'
import { drawnEnds } from './useWireState.ts'

/**
 * A wire that was let go of: over a node it goes there, and over the empty canvas, or the ground of the map that it runs in,
 * it asks what is to be added.
 */
export function useWireDraw(onAdd: (request: AddRequest) => void) {
  return (event: globalThis.MouseEvent | TouchEvent, { fromHandle, toHandle }: FinalConnectionState): void => {
    if (fromHandle === null || (toHandle !== null && toHandle.nodeId !== fromHandle.nodeId)) return
    const { clientX: x, clientY: y } =
      'changedTouches' in event ? (event.changedTouches[0] ?? { clientX: 0, clientY: 0 }) : event
    const under = document.elementFromPoint(x, y)
    const node = under?.closest<HTMLElement>('.react-flow__node')?.dataset.id ?? null
    const handle = fromHandle.id ?? null
    const from = { node: fromHandle.nodeId, type: fromHandle.type, handle }
    const level = levelOf(from)
    if (node !== null && node !== level) {
      if (node !== fromHandle.nodeId) connect(drawnEnds(from, node))
      return
    }
    if (node === null && under?.closest('.react-flow__pane') == null) return
    if (node === null && level !== null) {
      const message = `This wire runs inside \`${level}\`: let it end there, or draw one from the map itself.`
      notifyError({ kind: 'not_possible', message })
      return
    }
    const isForward = fromHandle.type === 'source'
    onAdd({
      at: { x, y },
      behind: isForward ? fromHandle.nodeId : null,
      before: isForward ? null : fromHandle.nodeId,
      map: level,
    })
  }
}

/** The map inside which a wire from this handle runs; null: none. */
function levelOf({ node, handle }: { readonly node: string; readonly handle: string | null }): string | null {
  if (handle === ELEMENT_HANDLE || handle === RESULT_HANDLE) return node
  return useFlowStore.getState().nodes.find(({ id }) => id === node)?.parentId ?? null
}
