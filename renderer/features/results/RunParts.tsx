import { type ReactNode, useRef } from 'react'
import type { RunProgress } from '../../../shared/run.ts'
import { useBoxSize } from '../../ui/grid/useBoxSize.ts'
import { SplitPane } from '../../ui/SplitPane.tsx'
import { LaneBands } from './grid/LaneBands.tsx'
import { PartSwitch } from './PartSwitch.tsx'
import classes from './RunParts.module.css'
import { RevisionsView } from './revisions/RevisionsView.tsx'
import type { RunPart, RunScreenActions } from './runPart.ts'
import { TriageBoard } from './triage/TriageBoard.tsx'

const GRID = { initial: 396, min: 120 }
/** Above failures and changes, which are read: the grid is looked up in. */
const GRID_ABOVE_READING = { initial: 176, min: 120 }
/** Results below the grid: their bar, their head and some rows. */
const LEAST_RESULTS = 208
/** Below this, grid and results do not fit under each other: one at a time. */
const LEAST_FOR_BOTH = 440

interface RunPartsProps {
  readonly progress: RunProgress
  readonly part: RunPart
  readonly actions: RunScreenActions
  readonly onPart: (part: RunPart) => void
  /** Given what chooses the part, for its bar; null: that stands elsewhere. */
  readonly results: (partSwitch: ReactNode) => ReactNode
}

/** The grid over what was chosen; in a low window one of them. */
export function RunParts({ progress, part, actions, onPart, results }: RunPartsProps) {
  const body = useRef<HTMLDivElement>(null)
  const { height } = useBoxSize(body)
  const isLow = height < LEAST_FOR_BOTH
  const { summary } = progress
  const partSwitch = <PartSwitch summary={summary} part={part} withGrid={isLow} onPart={onPart} />
  const isReading = part === 'failures' || part === 'changes'
  const inBar = isLow ? null : partSwitch
  const grid = <LaneBands progress={progress} onOpen={actions.openItem} />
  const below =
    part === 'failures' ? (
      <TriageBoard summary={summary} partSwitch={inBar} actions={actions} />
    ) : part === 'changes' && summary.revision > 0 ? (
      <RevisionsView summary={summary} partSwitch={inBar} />
    ) : (
      results(inBar)
    )
  return (
    <div className={classes.root} ref={body}>
      {isLow ? (
        <div className={classes.one}>
          <div className={classes.switch}>{partSwitch}</div>
          <div className={classes.part}>{part === 'grid' ? grid : below}</div>
        </div>
      ) : (
        <SplitPane
          name={isReading ? 'the grid above' : 'the grid'}
          direction="column"
          sideAt="start"
          {...(isReading ? GRID_ABOVE_READING : GRID)}
          max={Math.max(GRID.min, height - LEAST_RESULTS)}
          side={grid}
        >
          {below}
        </SplitPane>
      )}
    </div>
  )
}
