import { Button, Group, Menu, Tooltip } from '@mantine/core'
import {
  IconDownload,
  IconFlag3,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlayerStop,
  IconRefresh,
} from '@tabler/icons-react'
import { formatCount } from '../../../../shared/format.ts'
import type { RunSummary } from '../../../../shared/run.ts'
import { modifierKey } from '../../../lib/modifierKey.ts'
import { canResume, isLive, needsBudget } from '../../../stores/runStore.ts'
import { cancelRun, finishRun, pauseRun, resumeRun, retryFailed } from '../runActions.ts'
import { exportRun } from './exportRun.tsx'

const icon = { size: 16, stroke: 1.5 }

/** What can be done to the run as it stands now. */
export function RunControls({ summary }: { readonly summary: RunSummary }) {
  const { run, state, counts } = summary
  const resumable = canResume(summary)
  const left = counts.waiting + counts.running
  return (
    <Group gap="sm" wrap="nowrap" ml="auto">
      {resumable && !needsBudget(summary) && (
        <Tooltip label={`Goes on where it stands  ${modifierKey()}.`}>
          <Button
            variant="filled"
            size="md"
            leftSection={<IconPlayerPlay {...icon} />}
            onClick={() => void resumeRun(run)}
          >
            Resume {formatCount(left)} {left === 1 ? 'item' : 'items'}
          </Button>
        </Tooltip>
      )}
      {(state.status === 'running' || state.status === 'pausing') && (
        <Tooltip label={`Awaits the calls in flight, then stands still  ${modifierKey()}.`}>
          <Button
            leftSection={<IconPlayerPause {...icon} />}
            disabled={state.status === 'pausing'}
            onClick={() => void pauseRun(run)}
          >
            {state.status === 'pausing' ? 'Pausing…' : 'Pause'}
          </Button>
        </Tooltip>
      )}
      {summary.grows && state.status === 'running' && (
        <Tooltip label="No more items are awaited; what has come is worked off, open groups too.">
          <Button leftSection={<IconFlag3 {...icon} />} onClick={() => void finishRun(run)}>
            Finish
          </Button>
        </Tooltip>
      )}
      {(isLive(summary) || resumable) && (
        <Tooltip label="Ends the run. What is finished is kept.">
          <Button leftSection={<IconPlayerStop {...icon} />} onClick={() => void cancelRun(run)}>
            Cancel
          </Button>
        </Tooltip>
      )}
      {counts.failed > 0 && !isLive(summary) && (
        <Tooltip label="Asks only the failed stages again; everything else stays.">
          <Button leftSection={<IconRefresh {...icon} />} onClick={() => void retryFailed(run)}>
            Retry {formatCount(counts.failed)} failed
          </Button>
        </Tooltip>
      )}
      <Menu position="bottom-end">
        <Menu.Target>
          <Button leftSection={<IconDownload {...icon} />}>Export</Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => void exportRun(run, 'jsonl')}>JSON lines, one item a line</Menu.Item>
          <Menu.Item onClick={() => void exportRun(run, 'csv')}>CSV, one item a row</Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  )
}
