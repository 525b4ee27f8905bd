import { Button, Tooltip } from '@mantine/core'
import { IconFlask, IconPencil, IconRefresh, IconSparkles } from '@tabler/icons-react'
import { formatCount } from '../../../../shared/format.ts'
import type { RunSummary } from '../../../../shared/run.ts'
import type { FailureCause, RunChange } from '../../../../shared/runChange.ts'
import { RunPreviewTooltip } from '../../../ui/RunPreviewTooltip.tsx'
import { changeRun } from '../runActions.ts'
import type { RunScreenActions } from '../runPart.ts'
import { useChainNow } from '../useChainNow.ts'
import classes from './FixButtons.module.css'
import { goToFix, placeText } from './goToFix.ts'
import { triedOf } from './useTryOut.ts'

interface FixButtonsProps {
  readonly summary: RunSummary
  readonly cause: FailureCause
  readonly actions: RunScreenActions
  readonly isTrying: boolean
  readonly onTry: () => void
  /** All of them are being asked again. */
  readonly onAsked: () => void
}

const icon = { size: 14, stroke: 1.5 }

/** What can be done about a cause: by one press where the program can, at the right place where only the person can. */
export function FixButtons({ summary, cause, actions, isTrying, onTry, onAsked }: FixButtonsProps) {
  const { fix, count, lane } = cause
  const tries = triedOf(cause).length
  return (
    <div className={classes.root}>
      {fix.kind === 'edit' && (
        <Button size="xs" leftSection={<IconPencil {...icon} />} onClick={() => void goToFix(summary, cause, actions)}>
          {placeText(cause)}
        </Button>
      )}
      {/* A group is made by the whole run: it cannot be tried by itself. */}
      {fix.kind !== 'edit' && lane === 0 && (
        <Tooltip label="Asks them by themselves and shows what comes of it. The run is not touched, and what is answered is not paid for again.">
          <Button size="xs" leftSection={<IconFlask {...icon} />} loading={isTrying} onClick={onTry}>
            Try on {formatCount(tries)}
          </Button>
        </Tooltip>
      )}
      {fix.kind === 'change' && (
        <AskAgain summary={summary} cause={cause} change={{ stages: fix.stages }} onAsked={onAsked}>
          {`Apply to ${formatCount(count)}`}
        </AskAgain>
      )}
      {fix.kind === 'retry' && (
        <AskAgain summary={summary} cause={cause} change={{}} onAsked={onAsked}>
          {`Retry ${formatCount(count)}`}
        </AskAgain>
      )}
      {fix.kind === 'edit' && fix.place !== 'chain' && (
        <AskAgain summary={summary} cause={cause} change={{}} onAsked={onAsked}>
          {`Retry ${formatCount(count)}`}
        </AskAgain>
      )}
      {fix.kind === 'edit' && fix.place === 'chain' && (
        <AskByChainNow summary={summary} cause={cause} onAsked={onAsked} />
      )}
    </div>
  )
}

interface AskAgainProps {
  readonly summary: RunSummary
  readonly cause: FailureCause
  /** What is different. */
  readonly change: Pick<RunChange, 'stages' | 'text'>
  readonly onAsked: () => void
  readonly children: string
}

function AskAgain({ summary: { run }, cause, change, onAsked, children }: AskAgainProps) {
  const whole: RunChange = { scope: { kind: 'items', lane: cause.lane, causes: [cause.cause] }, ...change }
  const ask = async (): Promise<void> => {
    if (await changeRun(run, whole)) onAsked()
  }
  const Icon = change.stages === undefined ? IconRefresh : IconSparkles
  return (
    <RunPreviewTooltip what={{ kind: 'change', run, change: whole }} label="For these items only.">
      <Button size="xs" leftSection={<Icon {...icon} />} onClick={() => void ask()}>
        {children}
      </Button>
    </RunPreviewTooltip>
  )
}

/** For those for whom the chain was mended by hand. */
function AskByChainNow(props: Pick<AskAgainProps, 'summary' | 'cause' | 'onAsked'>) {
  const text = useChainNow(props.summary.chainFile)
  if (text === null) return null
  return (
    <AskAgain {...props} change={{ text }}>
      {`Retry ${formatCount(props.cause.count)} by the chain as it is now`}
    </AskAgain>
  )
}
