import { Button } from '@mantine/core'
import { IconPlayerPlay } from '@tabler/icons-react'
import { formatCount, formatDuration } from '../../../shared/format.ts'
import type { RunSummary } from '../../../shared/run.ts'
import { callOrNotify } from '../../lib/callOrNotify.ts'
import { pauseWords } from '../../lib/pauseWords.ts'
import { canResume, waysOn } from '../../stores/runStore.ts'
import { useViewStore } from '../../stores/viewStore.ts'
import { FileName } from '../../ui/FileName.tsx'
import { Money } from '../../ui/Money.tsx'
import { RelativeTime } from '../../ui/RelativeTime.tsx'
import { RunBar } from '../../ui/RunBar.tsx'
import { RunPreviewTooltip } from '../../ui/RunPreviewTooltip.tsx'
import { SavedMoney } from '../../ui/SavedMoney.tsx'
import { StateGlyph } from '../../ui/StateGlyph.tsx'
import classes from './RunsScreen.module.css'

interface RunRowProps {
  readonly summary: RunSummary
  /** Pixels below the top of the list. */
  readonly top: number
}

/** One run: what it was, what came of it, and the way into it. */
export function RunRow({ summary, top }: RunRowProps) {
  const { run, counts, items } = summary
  const showRun = useViewStore((state) => state.showRun)
  const why = pauseWords(summary.state)
  const isAsked = waysOn(summary) !== null
  const finished = counts.succeeded + counts.failed + counts.skipped + counts.cancelled

  async function resume(): Promise<void> {
    showRun(run)
    if (!isAsked) await callOrNotify('runs.resume', { run })
  }

  return (
    <li className={classes.row} style={{ transform: `translateY(${top}px)` }}>
      <span className={classes.state}>
        <StateGlyph state={summary.state.status} withWord />
        {why !== null && <span className={classes.why}>{why}</span>}
      </span>
      <span className={classes.what}>
        {/* The whole row is its target (see the style sheet); for keys and screen readers it is this. */}
        <button type="button" className={classes.open} onClick={() => showRun(run)}>
          {summary.chainName}
        </button>
        <span className={classes.source}>
          <FileName path={summary.sourceLabel} />
        </span>
      </span>
      <span className={classes.items}>
        <RunBar counts={counts} items={items} />
        <span className={classes.figures}>
          {formatCount(finished)}
          {items !== null && finished < items && ` of ${formatCount(items)}`}
          {counts.failed > 0 && <span className={classes.failed}> · {formatCount(counts.failed)} failed</span>}
          {counts.skipped > 0 && ` · ${formatCount(counts.skipped)} skipped`}
        </span>
      </span>
      <span className={classes.money}>
        <Money micros={summary.costMicros} simulated={summary.simulated} unpricedCalls={summary.unpricedCalls} />
        {summary.savedMicros > 0 && <SavedMoney micros={summary.savedMicros} simulated={summary.simulated} />}
      </span>
      <span className={classes.number}>{formatDuration(summary.activeMs)}</span>
      <span className={classes.started}>
        <RelativeTime at={summary.startedAt} />
      </span>
      <span className={classes.action}>
        {canResume(summary) && (
          <RunPreviewTooltip what={isAsked ? null : { kind: 'resume', run }}>
            <Button size="xs" leftSection={<IconPlayerPlay size={14} stroke={1.5} />} onClick={() => void resume()}>
              {isAsked ? 'Resume…' : 'Resume'}
            </Button>
          </RunPreviewTooltip>
        )}
      </span>
    </li>
  )
}
