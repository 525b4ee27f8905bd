import type { RunProgress } from '../../../../shared/run.ts'
import { FileName } from '../../../ui/FileName.tsx'
import { RelativeTime } from '../../../ui/RelativeTime.tsx'
import { RunBar } from '../../../ui/RunBar.tsx'
import { StateGlyph } from '../../../ui/StateGlyph.tsx'
import { LaneFigures } from './LaneFigures.tsx'
import { RunControls } from './RunControls.tsx'
import { RunFigures } from './RunFigures.tsx'
import classes from './RunHeader.module.css'
import { RunLedger } from './RunLedger.tsx'
import { RunNoticeBar } from './RunNoticeBar.tsx'

/** What a run is, where it stands, what it costs, and what can be done about it. */
export function RunHeader({ progress }: { readonly progress: RunProgress }) {
  const { summary } = progress
  return (
    <header className={classes.root}>
      <div className={classes.top}>
        <h1 className={classes.name}>{summary.chainName}</h1>
        <StateGlyph state={summary.state.status} withWord />
        <span className={classes.about}>
          <span className={classes.source}>
            <FileName path={summary.sourceLabel} />
          </span>
          <span className={classes.started}>
            · started <RelativeTime at={summary.startedAt} />
          </span>
        </span>
        <RunControls summary={summary} />
      </div>
      <RunBar counts={summary.counts} items={summary.items} />
      <div className={classes.figures}>
        <RunLedger summary={summary} />
        <RunFigures progress={progress} />
      </div>
      <LaneFigures summary={summary} />
      <RunNoticeBar summary={summary} />
    </header>
  )
}
