import { useHotkeys } from '@mantine/hooks'
import { useCallback, useRef, useState } from 'react'
import type { RunProgress } from '../../../shared/run.ts'
import { useViewStore } from '../../stores/viewStore.ts'
import { useBoxSize } from '../../ui/grid/useBoxSize.ts'
import { SplitPane } from '../../ui/SplitPane.tsx'
import { ItemDrawer } from './drawer/ItemDrawer.tsx'
import { LaneBands } from './grid/LaneBands.tsx'
import { exportRun } from './header/exportRun.tsx'
import { RunHeader } from './header/RunHeader.tsx'
import { LaneChoice } from './LaneChoice.tsx'
import { OneAtATime } from './OneAtATime.tsx'
import classes from './OpenRunView.module.css'
import { pauseOrResume } from './runActions.ts'
import { RunResults } from './table/RunResults.tsx'

const DRAWER = { initial: 440, min: 320, max: 900 }
const GRID = { initial: 396, min: 120 }
/** Results below the grid: their bar, their head and some rows. */
const LEAST_RESULTS = 208
/** Below this, grid and results do not fit under each other: one at a time. */
const LEAST_FOR_BOTH = 440

/** A run that has been read: the header over the grid over the results, with the open item at the side. */
export function OpenRunView({ progress }: { readonly progress: RunProgress }) {
  const { summary } = progress
  const openItem = useViewStore((state) => state.openItem)
  const openLane = useViewStore((state) => state.openLane)
  // What a person wants of a run that gathers are its groups.
  const [chosenLane, setChosenLane] = useState({ run: summary.run, lane: summary.lanes.length - 1 })
  const lane = chosenLane.run === summary.run ? chosenLane.lane : summary.lanes.length - 1
  const showItem = useViewStore((state) => state.showItem)
  // The table goes along: what is open is one of its rows.
  const openAt = useCallback(
    (item: number, lane: number) => {
      showItem(item, lane)
      setChosenLane({ run: summary.run, lane })
    },
    [showItem, summary.run],
  )
  const body = useRef<HTMLDivElement>(null)
  const { height } = useBoxSize(body)

  function step(by: 1 | -1): void {
    const last = (summary.lanes[openLane]?.items ?? 1) - 1
    if (openItem !== null) showItem(Math.max(0, Math.min(last, openItem + by)))
  }
  useHotkeys([
    ['mod+.', () => void pauseOrResume(summary)],
    ['mod+E', () => void exportRun(summary.run, 'jsonl')],
    ['J', () => step(1)],
    ['K', () => step(-1)],
    ['Escape', () => showItem(null)],
  ])

  const grid = <LaneBands progress={progress} onOpen={openAt} />
  const results = (
    <RunResults
      key={lane}
      summary={summary}
      lane={lane}
      laneChoice={
        summary.lanes.length > 1 && (
          <LaneChoice
            summary={summary}
            lane={lane}
            onLane={(next) => setChosenLane({ run: summary.run, lane: next })}
          />
        )
      }
      openItem={openLane === lane ? openItem : null}
      onOpen={(item) => showItem(item, lane)}
    />
  )
  const main =
    height < LEAST_FOR_BOTH ? (
      <OneAtATime grid={grid} results={results} />
    ) : (
      <SplitPane
        name="the grid"
        direction="column"
        sideAt="start"
        {...GRID}
        max={Math.max(GRID.min, height - LEAST_RESULTS)}
        side={grid}
      >
        {results}
      </SplitPane>
    )
  return (
    <div className={classes.root}>
      <RunHeader progress={progress} />
      <div className={classes.body} ref={body}>
        <SplitPane
          name="the item"
          sideAt="end"
          {...DRAWER}
          isOpen={openItem !== null}
          side={
            openItem !== null && (
              <ItemDrawer
                summary={summary}
                lane={openLane}
                index={openItem}
                onStep={step}
                onOpen={openAt}
                onClose={() => showItem(null)}
              />
            )
          }
        >
          {main}
        </SplitPane>
      </div>
    </div>
  )
}
