import { Tooltip } from '@mantine/core'
import { modifierKey } from '../../lib/modifierKey.ts'
import classes from './StepTab.module.css'

interface StepTabProps {
  readonly label: string
  readonly digit: string
  readonly isActive: boolean
  /** Why there is nothing to see there yet; null: there is. */
  readonly notReady: string | null
  readonly onOpen: () => void
}

export function StepTab({ label, digit, isActive, notReady, onOpen }: StepTabProps) {
  return (
    // On the open screen there is nothing to explain, and right after a click it would cover that screen.
    <Tooltip label={notReady ?? `${label} (${modifierKey()}${digit} or Alt+${digit})`} disabled={isActive}>
      <button
        type="button"
        className={classes.root}
        aria-current={isActive ? 'page' : undefined}
        aria-disabled={notReady !== null}
        onClick={() => notReady === null && onOpen()}
      >
        {label}
      </button>
    </Tooltip>
  )
}
