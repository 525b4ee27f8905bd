import { type ConnectionState, Panel, useConnection } from '@xyflow/react'
import { RichText } from '../../../ui/RichText.tsx'
import { wireRefusal } from '../commands/wireCommands.ts'
import classes from './Canvas.module.css'
import { drawnEnds } from './useWireState.ts'

/** While a wire is drawn over a place where it cannot end: why not. */
export function ConnectionHint() {
  const ends = useConnection(selectEnds)
  if (ends === null) return null
  const [node = '', type = '', handle = '', to = ''] = ends.split('\n')
  const refusal = node === to ? null : wireRefusal(drawnEnds({ node, type, handle: handle === '' ? null : handle }, to))
  if (refusal === null) return null
  return (
    <Panel position="top-center">
      <div className={classes.hint} role="status">
        <RichText text={refusal} />
      </div>
    </Panel>
  )
}

function selectEnds(connection: ConnectionState): string | null {
  if (!connection.inProgress || connection.toNode === null) return null
  const { fromNode, fromHandle, toNode } = connection
  return [fromNode.id, fromHandle.type, fromHandle.id ?? '', toNode.id].join('\n')
}
