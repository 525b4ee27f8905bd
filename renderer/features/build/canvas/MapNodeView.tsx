import { Handle, type NodeProps, Position } from '@xyflow/react'
import { memo } from 'react'
import type { MapNode } from './flowModel.ts'
import { useFlowStore } from './flowStore.ts'
import classes from './map.module.css'
import nodeClasses from './node.module.css'
import { ELEMENT_HANDLE, RESULT_HANDLE } from './nodeIds.ts'
import { StageActivity } from './StageActivity.tsx'
import { StageLine, StageTitle } from './StageTitle.tsx'
import { useWireState } from './useWireState.ts'

/** A map on the canvas: a frame around the stages that it runs for each element. */
export const MapNodeView = memo(function MapNodeView({ id, data, selected }: NodeProps<MapNode>) {
  const { face, as, isEmpty } = data
  const wire = useWireState(id)
  const isTarget = useFlowStore((state) => state.dropMap === id)
  return (
    <div className={classes.map} data-selected={selected} data-wire={wire} data-target={isTarget}>
      {/* A wire without a handle of its own takes the first one: the outer ones stand before the inner. */}
      <Handle type="target" position={Position.Left} className={nodeClasses.handle} />
      <Handle type="source" position={Position.Right} className={nodeClasses.handle} />
      <div className={classes.head}>
        <StageTitle face={face} />
        <StageLine face={face} />
      </div>
      {isEmpty && <div className={classes.empty}>Drop the stages here that run for each {as}</div>}
      <span className={classes.end} data-side="start">
        {as}
      </span>
      <Handle id={ELEMENT_HANDLE} type="source" position={Position.Right} className={classes.element} />
      <span className={classes.end} data-side="end">
        gives
      </span>
      <Handle id={RESULT_HANDLE} type="target" position={Position.Left} className={classes.result} />
      <div className={classes.foot}>
        <StageActivity id={id} />
      </div>
    </div>
  )
})
