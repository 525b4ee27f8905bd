import { type ConnectionState, Panel, useConnection } from '@xyflow/react'
import { RichText } from '../../../ui/RichText.tsx'
import { wireRefusal } from '../commands/wireCommands.ts'
import classes from './Canvas.module.css'

/** While a wire is drawn over a place where it cannot end: why not. */
export function ConnectionHint() {
  const ends = useConnection(selectEnds)
  if (ends === null) return null
  const [source = '', target = ''] = ends.split('\n')
  const refusal = source === target ? null : wireRefusal({ source, target })
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
  return fromHandle.type === 'source' ? `${fromNode.id}\n${toNode.id}` : `${toNode.id}\n${fromNode.id}`
}
