import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconPlayerPause, IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react'
import { formatCount } from '../../../../shared/format.ts'
import type { RunProgress } from '../../../../shared/run.ts'
import { modifierKey } from '../../../lib/modifierKey.ts'
import { RunPreviewTooltip } from '../../../ui/RunPreviewTooltip.tsx'
import { cancelRun, pauseRun, pauseRunNow, resumeRun } from '../runActions.ts'
import { callsInFlight } from './callsInFlight.ts'

const icon = { size: 16, stroke: 1.5 }

/** Pause, with the other ways to stop behind it. */
export function PauseButton({ progress }: { readonly progress: RunProgress }) {
  const { run, state } = progress.summary
  const isPausing = state.status === 'pausing'
  const inFlight = callsInFlight(progress)
  const calls = inFlight === 1 ? 'the call' : `the ${formatCount(inFlight)} calls`
  return (
    <Button.Group>
      <Button
        leftSection={<IconPlayerPause {...icon} />}
        disabled={isPausing}
        title={`Awaits the calls in flight, then stands still  ${modifierKey()}.`}
        onClick={() => void pauseRun(run)}
      >
        {isPausing ? 'Pausing…' : 'Pause'}
      </Button>
      <More label="Other ways to stop">
        <Menu.Item
          disabled={isPausing}
          rightSection={<span className="quiet">{modifierKey()}.</span>}
          onClick={() => void pauseRun(run)}
        >
          Pause after what is in flight
        </Menu.Item>
        <Menu.Item onClick={() => void pauseRunNow(run)}>
          Pause now
          <Note>
            {inFlight === 0
              ? 'Nothing is in flight'
              : `Gives up ${calls} in flight: they may be billed, and are asked again`}
          </Note>
        </Menu.Item>
        <Menu.Divider role="presentation" />
        <CancelItem run={run} />
      </More>
    </Button.Group>
  )
}

interface ResumeButtonProps {
  readonly run: string
  /** Items that are not finished. */
  readonly left: number
}

/** Resume, with the way to end the run behind it. */
export function ResumeButton({ run, left }: ResumeButtonProps) {
  return (
    <Button.Group>
      <RunPreviewTooltip what={{ kind: 'resume', run }} label={`Goes on where it stands  ${modifierKey()}.`}>
        <Button
          variant="filled"
          size="md"
          leftSection={<IconPlayerPlay {...icon} />}
          onClick={() => void resumeRun(run)}
        >
          Resume {formatCount(left)} {left === 1 ? 'item' : 'items'}
        </Button>
      </RunPreviewTooltip>
      <More label="Other ways to go on" size="md">
        <CancelItem run={run} />
      </More>
    </Button.Group>
  )
}

interface MoreProps {
  readonly label: string
  readonly size?: 'md'
  readonly children: React.ReactNode
}

function More({ label, size, children }: MoreProps) {
  return (
    <Menu position="bottom-end" width={280} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button {...(size !== undefined && { size })} px={6} aria-label={label} title={label}>
          <IconChevronDown {...icon} />
        </Button>
      </Menu.Target>
      <Menu.Dropdown>{children}</Menu.Dropdown>
    </Menu>
  )
}

function CancelItem({ run }: { readonly run: string }) {
  return (
    <Menu.Item leftSection={<IconPlayerStop {...icon} />} onClick={() => void cancelRun(run)}>
      Cancel, and keep what is finished
    </Menu.Item>
  )
}

function Note({ children }: { readonly children: React.ReactNode }) {
  return <div className="quiet">{children}</div>
}
