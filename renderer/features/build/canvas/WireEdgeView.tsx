import { BaseEdge, EdgeLabelRenderer, type EdgeProps } from '@xyflow/react'
import { memo, useState } from 'react'
import type { WireEdge, WireKind } from './flowEdges.ts'
import classes from './wire.module.css'
import { wirePath } from './wirePath.ts'

const DASHES: Readonly<Record<WireKind, string | undefined>> = {
  data: undefined,
  condition: '6 4',
  order: '1.5 4',
  lane: undefined,
  implied: undefined,
}

/** A wire: solid for data, dashed for a condition, dotted for order, thin where a gather takes items in, pale where nothing is written. Named when selected or under the pointer. */
export const WireEdgeView = memo(function WireEdgeView(props: EdgeProps<WireEdge>) {
  const { id, data, selected = false, sourceX, sourceY, targetX, targetY, sourcePosition, targetPosition } = props
  const [isHovered, setHovered] = useState(false)
  const [path, labelX, labelY] = wirePath({
    sourceX,
    sourceY,
    targetX,
    targetY,
    sourcePosition,
    targetPosition,
    track: data?.track ?? 0,
    room: data?.room ?? 0,
    bend: data?.bend ?? 'middle',
  })
  const kind = data?.kind ?? 'data'
  return (
    <>
      <g onPointerEnter={() => setHovered(true)} onPointerLeave={() => setHovered(false)}>
        <BaseEdge
          id={id}
          path={path}
          interactionWidth={20}
          className={classes.wire}
          data-kind={kind}
          data-selected={selected}
          style={{ strokeDasharray: DASHES[kind], strokeLinecap: kind === 'order' ? 'round' : 'butt' }}
        />
      </g>
      {(selected || isHovered) && (
        <EdgeLabelRenderer>
          <div
            className={classes.label}
            data-selected={selected}
            style={{ transform: `translate(-50%, -50%) translate(${labelX}px, ${labelY}px)` }}
          >
            {data?.label}
          </div>
        </EdgeLabelRenderer>
      )}
    </>
  )
})
