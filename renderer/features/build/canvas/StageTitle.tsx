import { Tooltip } from '@mantine/core'
import { IconArrowsSplit2, IconNote } from '@tabler/icons-react'
import { selectTier, useHostStore } from '../../../stores/hostStore.ts'
import { TierBadge } from '../../../ui/TierBadge.tsx'
import classes from './node.module.css'
import { STAGE_ICONS } from './nodeIcons.tsx'
import { ProblemMark } from './ProblemMark.tsx'
import type { StageFace } from './stageFace.ts'

/** The upper line of a stage: what it is, its name, and what is special about it. */
export function StageTitle({ face }: { readonly face: StageFace }) {
  const Icon = STAGE_ICONS[face.kind]
  const tier = useHostStore(selectTier(face.tier))
  return (
    <div className={classes.title}>
      <Icon size={16} stroke={1.5} className={classes.icon} aria-hidden />
      <span className={classes.name} title={face.id}>
        {face.id}
      </span>
      {face.when !== null && <SmallMark icon={IconArrowsSplit2} label={`Only when ${face.when}`} />}
      {face.note !== null && <SmallMark icon={IconNote} label={face.note} />}
      <ProblemMark problems={face.problems} />
      {face.tier !== null && <TierBadge name={face.tier} tier={tier} />}
    </div>
  )
}

/** The second line: what it does, and in a word how. */
export function StageLine({ face }: { readonly face: StageFace }) {
  return (
    <div className={classes.doesLine}>
      <span className={classes.does} title={face.does}>
        {face.does}
      </span>
      {face.marks.map(({ text, label }) => (
        <Tooltip key={text} label={label}>
          <span className={classes.mark} role="img" aria-label={label}>
            {text}
          </span>
        </Tooltip>
      ))}
    </div>
  )
}

function SmallMark({ icon: Icon, label }: { readonly icon: typeof IconNote; readonly label: string }) {
  return (
    <Tooltip label={label}>
      <span className={classes.icon} role="img" aria-label={label} style={{ display: 'inline-flex' }}>
        <Icon size={14} stroke={1.5} />
      </span>
    </Tooltip>
  )
}
