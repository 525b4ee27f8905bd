import { type ConnectionState, useConnection } from '@xyflow/react'
import { wireRefusal } from '../commands/wireCommands.ts'

/** How a node stands to the wire that is being drawn just now. */
export type WireState = 'idle' | 'takes' | 'refuses'

export function useWireState(id: string): WireState {
  const drawn = useConnection(selectDrawn)
  if (drawn === null) return 'idle'
  const [node, from] = drawn.split('\n')
  if (node === undefined || node === id) return 'idle'
  const ends = from === 'source' ? { source: node, target: id } : { source: id, target: node }
  return wireRefusal(ends) === null ? 'takes' : 'refuses'
}

/** A text, so that a moving pointer does not draw every node again. */
function selectDrawn(connection: ConnectionState): string | null {
  return connection.inProgress ? `${connection.fromNode.id}\n${connection.fromHandle.type}` : null
}
