import { Tooltip } from '@mantine/core'
import { IconArrowsSplit2, IconNote } from '@tabler/icons-react'
import { Handle, type NodeProps, Position } from '@xyflow/react'
import { memo } from 'react'
import { selectTier, useHostStore } from '../../../stores/hostStore.ts'
import { TierBadge } from '../../../ui/TierBadge.tsx'
import type { StageNode } from './flowModel.ts'
import classes from './node.module.css'
import { STAGE_ICONS } from './nodeIcons.tsx'
import { ProblemMark } from './ProblemMark.tsx'
import { StageActivity } from './StageActivity.tsx'
import { useWireState } from './useWireState.ts'

/** A stage on the canvas. What runs is not in its data: the parts that show a run listen for themselves. */
export const StageNodeView = memo(function StageNodeView({ id, data, selected }: NodeProps<StageNode>) {
  const { face } = data
  const Icon = STAGE_ICONS[face.kind]
  const tier = useHostStore(selectTier(face.tier))
  const wire = useWireState(id)
  return (
    <div className={classes.node} data-selected={selected} data-wire={wire}>
      <Handle type="target" position={Position.Left} className={classes.handle} />
      <div className={classes.title}>
        <Icon size={16} stroke={1.5} className={classes.icon} aria-hidden />
        <span className={classes.name} title={id}>
          {id}
        </span>
        {face.when !== null && <SmallMark icon={IconArrowsSplit2} label={`Only when ${face.when}`} />}
        {face.note !== null && <SmallMark icon={IconNote} label={face.note} />}
        <ProblemMark problems={face.problems} />
        {face.tier !== null && <TierBadge name={face.tier} tier={tier} />}
      </div>
      <div className={classes.does} title={face.does}>
        {face.does}
      </div>
      <StageActivity id={id} />
      <Handle type="source" position={Position.Right} className={classes.handle} />
    </div>
  )
})

function SmallMark({ icon: Icon, label }: { readonly icon: typeof IconNote; readonly label: string }) {
  return (
    <Tooltip label={label}>
      <span className={classes.icon} role="img" aria-label={label} style={{ display: 'inline-flex' }}>
        <Icon size={14} stroke={1.5} />
      </span>
    </Tooltip>
  )
}
