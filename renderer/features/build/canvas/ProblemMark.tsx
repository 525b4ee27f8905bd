import { Stack, Tooltip } from '@mantine/core'
import { IconAlertTriangle, IconExclamationCircle } from '@tabler/icons-react'
import { RichText } from '../../../ui/RichText.tsx'
import classes from './node.module.css'
import type { FaceProblem } from './stageFace.ts'

/** A mark where something is wrong; what it is shows on hover and is read out. */
export function ProblemMark({ problems }: { readonly problems: readonly FaceProblem[] }) {
  if (problems.length === 0) return null
  const severity = problems.some((problem) => problem.severity === 'error') ? 'error' : 'warning'
  const Icon = severity === 'error' ? IconExclamationCircle : IconAlertTriangle
  const messages = problems.map((problem) => problem.message)
  return (
    <Tooltip
      label={
        <Stack gap={4}>
          {messages.map((message) => (
            <span key={message}>
              <RichText text={message} />
            </span>
          ))}
        </Stack>
      }
    >
      <span
        className={classes.problem}
        data-severity={severity}
        role="img"
        aria-label={`${severity}: ${messages.join(' ')}`}
      >
        <Icon size={16} stroke={1.5} />
      </span>
    </Tooltip>
  )
}
