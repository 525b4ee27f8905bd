import { Button, Menu, Tooltip } from '@mantine/core'
import {
  IconAlertTriangle,
  IconDownload,
  IconFlag3,
  IconPencil,
  IconPlayerStop,
  IconRefresh,
} from '@tabler/icons-react'
import { formatCount } from '../../../../shared/format.ts'
import type { RunProgress } from '../../../../shared/run.ts'
import { canResume, isLive, waysOn } from '../../../stores/runStore.ts'
import { RunPreviewTooltip } from '../../../ui/RunPreviewTooltip.tsx'
import { failedIn } from '../PartSwitch.tsx'
import { cancelRun, finishRun, retryFailed } from '../runActions.ts'
import type { RunScreenActions } from '../runPart.ts'
import { exportRun } from './exportRun.tsx'
import { PauseButton, ResumeButton } from './PauseButton.tsx'
import classes from './RunControls.module.css'

interface RunControlsProps {
  readonly progress: RunProgress
  readonly actions: RunScreenActions
}

const icon = { size: 16, stroke: 1.5 }

/** What can be done to the run as it stands now. Where the notice beneath has the ways on, no second one stands here. */
export function RunControls({ progress, actions }: RunControlsProps) {
  const { summary } = progress
  const { run, state, counts } = summary
  const resumable = canResume(summary)
  const ways = waysOn(summary)
  const failed = failedIn(summary)
  return (
    <div className={classes.root}>
      {isLive(summary) && <PauseButton progress={progress} />}
      {resumable && (ways === null || ways === 'dayBudget') && (
        <ResumeButton run={run} left={counts.waiting + counts.running} />
      )}
      {summary.grows && state.status === 'running' && (
        <Tooltip label="No more items are awaited; what has come is worked off, open groups too.">
          <Button leftSection={<IconFlag3 {...icon} />} onClick={() => void finishRun(run)}>
            Finish
          </Button>
        </Tooltip>
      )}
      {resumable && ways === 'tripwire' && (
        <Tooltip label="Ends the run. What is finished is kept.">
          <Button leftSection={<IconPlayerStop {...icon} />} onClick={() => void cancelRun(run)}>
            Cancel
          </Button>
        </Tooltip>
      )}
      {failed > 0 && (
        <Tooltip label="The failed items by their cause, and what could help  T">
          <Button leftSection={<IconAlertTriangle {...icon} />} onClick={() => actions.show('failures')}>
            Failures {formatCount(failed)}
          </Button>
        </Tooltip>
      )}
      {counts.failed > 0 && !isLive(summary) && !resumable && (
        <RunPreviewTooltip
          what={{ kind: 'change', run, change: { scope: { kind: 'failed' } } }}
          label="Asks only the failed stages again; everything else stays."
        >
          <Button leftSection={<IconRefresh {...icon} />} onClick={() => void retryFailed(run)}>
            Retry {formatCount(counts.failed)} failed
          </Button>
        </RunPreviewTooltip>
      )}
      <Tooltip label="Another prompt, tier or limit from now on, also for what is finished  E">
        <Button leftSection={<IconPencil {...icon} />} onClick={actions.change}>
          Change…
        </Button>
      </Tooltip>
      <Menu position="bottom-end" withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <Button leftSection={<IconDownload {...icon} />}>Export</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void exportRun(run, 'jsonl')}>JSON lines, one item a line</Menu.Item>
          <Menu.Item onClick={() => void exportRun(run, 'csv')}>CSV, one item a row</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </div>
  )
}
