import type { RunProgress } from '../../../../shared/run.ts'
import { FileName } from '../../../ui/FileName.tsx'
import { RelativeTime } from '../../../ui/RelativeTime.tsx'
import { RunBar } from '../../../ui/RunBar.tsx'
import { StateGlyph } from '../../../ui/StateGlyph.tsx'
import { LimitsLine } from '../limits/LimitsLine.tsx'
import { RunNoticeBar } from '../notice/RunNoticeBar.tsx'
import { RevisionMark } from '../revisions/RevisionMark.tsx'
import type { RunScreenActions } from '../runPart.ts'
import { CanaryMark } from './CanaryMark.tsx'
import { LaneFigures } from './LaneFigures.tsx'
import { RunControls } from './RunControls.tsx'
import { RunFigures } from './RunFigures.tsx'
import classes from './RunHeader.module.css'
import { RunLedger } from './RunLedger.tsx'
import { SpendFigures } from './SpendFigures.tsx'
import { hasMoreThanSpent } from './spend.ts'

interface RunHeaderProps {
  readonly progress: RunProgress
  readonly actions: RunScreenActions
}

/** What a run is, where it stands, what it costs, what limits it, and what can be done about it. */
export function RunHeader({ progress, actions }: RunHeaderProps) {
  const { summary, limits } = progress
  const spend = <SpendFigures summary={summary} />
  // A sum alone stands with the other figures; with a budget or more it has a line, and does not leave it while the run goes on.
  const hasMoneyLine = limits !== null || hasMoreThanSpent(summary)
  return (
    <header className={classes.root}>
      <div className={classes.top}>
        <h1 className={classes.name}>{summary.chainName}</h1>
        <StateGlyph state={summary.state.status} withWord />
        <RevisionMark revision={summary.revision} onShow={() => actions.show('changes')} />
        <CanaryMark canary={summary.canary} />
        <span className={classes.about}>
          <span className={classes.source}>
            <FileName path={summary.sourceLabel} />
          </span>
          <span className={classes.started}>
            · started <RelativeTime at={summary.startedAt} />
          </span>
        </span>
        <RunControls progress={progress} actions={actions} />
      </div>
      <RunBar counts={summary.counts} items={summary.items} />
      <div className={classes.figures}>
        <RunLedger summary={summary} />
        <RunFigures progress={progress} spend={hasMoneyLine ? null : spend} />
      </div>
      {hasMoneyLine && (
        <div className={classes.figures}>
          {spend}
          {limits !== null && <LimitsLine limits={limits} />}
        </div>
      )}
      <LaneFigures summary={summary} />
      <RunNoticeBar summary={summary} actions={actions} />
    </header>
  )
}
