import { Button, Tooltip } from '@mantine/core'
import { IconAlertTriangle, IconBellOff, IconPlayerPlay } from '@tabler/icons-react'
import type { PauseReason, RunSummary } from '../../../../shared/run.ts'
import type { TripwireName } from '../../../../shared/tripwires.ts'
import { RunPreviewTooltip } from '../../../ui/RunPreviewTooltip.tsx'
import { resumeRun } from '../runActions.ts'
import type { RunScreenActions } from '../runPart.ts'
import classes from './RunNoticeBar.module.css'
import { TrippedItems } from './TrippedItems.tsx'

interface TripwireChoicesProps {
  readonly summary: RunSummary
  readonly reason: PauseReason
  readonly actions: RunScreenActions
}

const icon = { size: 16, stroke: 1.5 }

const WIRES: Readonly<Record<TripwireName, string>> = {
  errorShare: 'how many items fail',
  sameError: 'failures in a row for the same cause',
  invalidShare: 'answers that do not fit their schema',
  costFactor: 'what an item costs',
}

/** The ways on for a run that a tripwire paused, with some of the items that tripped it. */
export function TripwireChoices({ summary, reason: { tripped }, actions }: TripwireChoicesProps) {
  const { run } = summary
  return (
    <>
      {tripped !== undefined && tripped.items.length > 0 && (
        <TrippedItems run={run} items={tripped.items} onOpen={actions.openItem} />
      )}
      <div className={classes.choices}>
        <RunPreviewTooltip what={{ kind: 'resume', run }} label="Goes on. The tripwire stays set, and counts anew.">
          <Button variant="filled" leftSection={<IconPlayerPlay {...icon} />} onClick={() => void resumeRun(run)}>
            Continue
          </Button>
        </RunPreviewTooltip>
        <Button leftSection={<IconAlertTriangle {...icon} />} onClick={() => actions.show('failures')}>
          Look at the failures
        </Button>
        {tripped !== undefined && (
          <Tooltip label={`Goes on, and no longer watches ${WIRES[tripped.wire]} in this run.`}>
            <Button
              leftSection={<IconBellOff {...icon} />}
              onClick={() => void resumeRun(run, { ignore: tripped.wire })}
            >
              Ignore this tripwire
            </Button>
          </Tooltip>
        )}
      </div>
    </>
  )
}
