import { Handle, type NodeProps, Position } from '@xyflow/react'
import { memo } from 'react'
import type { StageNode } from './flowModel.ts'
import classes from './node.module.css'
import { StageActivity } from './StageActivity.tsx'
import { StageLine, StageTitle } from './StageTitle.tsx'
import { useWireState } from './useWireState.ts'

/** A stage on the canvas. What runs is not in its data: the parts that show a run listen for themselves. */
export const StageNodeView = memo(function StageNodeView({ id, data, selected }: NodeProps<StageNode>) {
  const { face } = data
  const wire = useWireState(id)
  return (
    <div className={classes.node} data-selected={selected} data-wire={wire}>
      <Handle type="target" position={Position.Left} className={classes.handle} />
      <StageTitle face={face} />
      <StageLine face={face} />
      <StageActivity id={id} />
      <Handle type="source" position={Position.Right} className={classes.handle} />
    </div>
  )
})
