import { IconArrowsJoin } from '@tabler/icons-react'
import type { GatherStage } from '../../../shared/stages.ts'
import classes from './LaneBorder.module.css'

interface LaneBorderProps {
  /** The gather that ends the lane on the left. */
  readonly id: string
  readonly stage: GatherStage
}

/** Where items become groups: what stands behind it runs once a group. */
export function LaneBorder({ id, stage }: LaneBorderProps) {
  return (
    <section className={classes.root} aria-label={`Groups of ${id}`}>
      <IconArrowsJoin size={16} stroke={1.5} className={classes.icon} />
      <strong className={classes.title}>Groups of {id}</strong>
      <span className={classes.text}>
        {stage.correlate === undefined
          ? 'From here on once a group. With one item the group has one member.'
          : `From here on once a match. One item alone finds no partner: launch over ${stage.correlate.of.join(' and ')} to see this part.`}
      </span>
    </section>
  )
}
