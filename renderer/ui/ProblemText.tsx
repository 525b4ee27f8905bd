import { IconAlertTriangle, IconExclamationCircle } from '@tabler/icons-react'
import type { Problem } from '../../shared/problem.ts'
import classes from './ProblemText.module.css'
import { RichText } from './RichText.tsx'

interface ProblemTextProps {
  readonly problem: Problem
  /** Shows the place; left out where the text stands at its place already. */
  readonly withPlace?: boolean
  readonly onClick?: () => void
}

/** One problem of a chain: what is wrong, where, and what to do. */
export function ProblemText({ problem, withPlace = true, onClick }: ProblemTextProps) {
  const Icon = problem.severity === 'error' ? IconExclamationCircle : IconAlertTriangle
  const place = [problem.path.join('.'), problem.line === null ? '' : `line ${problem.line}`]
    .filter((part) => part !== '')
    .join(', ')
  const content = (
    <>
      <Icon size={16} stroke={1.5} aria-label={problem.severity} className={classes.icon} />
      <span>
        <RichText text={problem.message} />
        {withPlace && place !== '' && <span className={classes.place}> {place}</span>}
      </span>
    </>
  )
  if (onClick === undefined)
    return (
      <div className={classes.root} data-severity={problem.severity}>
        {content}
      </div>
    )
  return (
    <button type="button" className={classes.root} data-severity={problem.severity} onClick={onClick}>
      {content}
    </button>
  )
}
