import { IconFlag } from '@tabler/icons-react'
import { Handle, type NodeProps, Position } from '@xyflow/react'
import { memo } from 'react'
import type { OutputNode } from './flowModel.ts'
import classes from './node.module.css'
import { SINK_ICONS } from './nodeIcons.tsx'
import { ProblemMark } from './ProblemMark.tsx'
import { useWireState } from './useWireState.ts'

/** What an item's result is and where it goes, on the canvas. */
export const OutputNodeView = memo(function OutputNodeView({ id, data, selected }: NodeProps<OutputNode>) {
  const { face } = data
  const Icon = face.sink === null ? IconFlag : SINK_ICONS[face.sink]
  const wire = useWireState(id)
  return (
    <div className={classes.node} data-end data-selected={selected} data-wire={wire}>
      <Handle type="target" position={Position.Left} className={classes.handle} />
      <div className={classes.title}>
        <Icon size={16} stroke={1.5} className={classes.icon} aria-hidden />
        <span className={classes.name} title={face.file ?? undefined}>
          {face.file ?? 'Result'}
        </span>
        <ProblemMark problems={face.problems} />
      </div>
      <div className={classes.does} title={face.does}>
        {face.does}
      </div>
      {face.writes !== null && (
        <div className={classes.foot} title={face.writes}>
          <span className={classes.lineFrom}>{face.writes}</span>
        </div>
      )}
    </div>
  )
})
