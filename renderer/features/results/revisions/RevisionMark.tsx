import { Tooltip, UnstyledButton } from '@mantine/core'
import classes from './RevisionMark.module.css'
import { revisionName } from './revisionName.ts'

interface RevisionMarkProps {
  /** 0: nothing was changed since the launch, and nothing is shown. */
  readonly revision: number
  readonly onShow?: () => void
}

/** `v2`: by which state of the chain something ran. */
export function RevisionMark({ revision, onShow }: RevisionMarkProps) {
  if (revision === 0) return null
  const name = revisionName(revision)
  if (onShow === undefined)
    return (
      <span className={classes.mark} title={`Ran by ${name} of the chain`}>
        {name}
      </span>
    )
  return (
    <Tooltip label="What was changed since the launch">
      <UnstyledButton className={classes.mark} aria-label={`${name}: changes of the chain`} onClick={onShow}>
        {name}
      </UnstyledButton>
    </Tooltip>
  )
}
