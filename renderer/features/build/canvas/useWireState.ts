import { type ConnectionState, useConnection } from '@xyflow/react'
import { wireRefusal } from '../commands/wireCommands.ts'
import type { WireEnds } from '../edits/wireEnds.ts'

/** How a node stands to the wire that is being drawn just now. */
export type WireState = 'idle' | 'takes' | 'refuses'

export function useWireState(id: string): WireState {
  const drawn = useConnection(selectDrawn)
  if (drawn === null) return 'idle'
  const [node = '', type = '', handle = ''] = drawn.split('\n')
  if (node === id) return 'idle'
  return wireRefusal(drawnEnds({ node, type, handle: handle === '' ? null : handle }, id)) === null
    ? 'takes'
    : 'refuses'
}

interface DrawnFrom {
  readonly node: string
  readonly type: string
  readonly handle: string | null
}

/** The two ends of a wire that is drawn from a handle to a node, in whichever direction. */
export function drawnEnds({ node, type, handle }: DrawnFrom, other: string): WireEnds {
  return type === 'source'
    ? { source: node, target: other, sourceHandle: handle }
    : { source: other, target: node, targetHandle: handle }
}

/** A text, so that a moving pointer does not draw every node again. */
function selectDrawn(connection: ConnectionState): string | null {
  if (!connection.inProgress) return null
  const { fromNode, fromHandle } = connection
  return [fromNode.id, fromHandle.type, fromHandle.id ?? ''].join('\n')
}
