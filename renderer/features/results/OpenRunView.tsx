import { useHotkeys } from '@mantine/hooks'
import { useCallback, useMemo, useState } from 'react'
import type { RunProgress } from '../../../shared/run.ts'
import { useViewStore } from '../../stores/viewStore.ts'
import { SplitPane } from '../../ui/SplitPane.tsx'
import { ChangeDrawer } from './change/ChangeDrawer.tsx'
import { ItemDrawer } from './drawer/ItemDrawer.tsx'
import { exportRun } from './header/exportRun.tsx'
import { RunHeader } from './header/RunHeader.tsx'
import { LaneChoice } from './LaneChoice.tsx'
import classes from './OpenRunView.module.css'
import { RunParts } from './RunParts.tsx'
import { pauseOrResume } from './runActions.ts'
import type { RunPart, RunScreenActions } from './runPart.ts'
import { RunResults } from './table/RunResults.tsx'

const DRAWER = { initial: 440, min: 320, max: 900 }

/** A run that has been read: the header over the grid over the results, with the open item at the side. */
export function OpenRunView({ progress }: { readonly progress: RunProgress }) {
  const { summary } = progress
  const openItem = useViewStore((state) => state.openItem)
  const openLane = useViewStore((state) => state.openLane)
  // What a person wants of a run that gathers are its groups.
  const [lane, setLane] = useState(summary.lanes.length - 1)
  const [part, setPart] = useState<RunPart>('grid')
  const [isChanging, setChanging] = useState(false)
  const showItem = useViewStore((state) => state.showItem)
  // The table goes along: what is open is one of its rows.
  const openAt = useCallback(
    (item: number, lane: number) => {
      showItem(item, lane)
      setLane(lane)
    },
    [showItem],
  )
  const actions = useMemo<RunScreenActions>(
    () => ({
      show: setPart,
      openItem: openAt,
      change: () => setChanging(true),
    }),
    [openAt],
  )

  function step(by: 1 | -1): void {
    const last = (summary.lanes[openLane]?.items ?? 1) - 1
    if (openItem !== null) showItem(Math.max(0, Math.min(last, openItem + by)))
  }
  useHotkeys([
    ['mod+.', () => void pauseOrResume(summary)],
    ['mod+E', () => void exportRun(summary.run, 'jsonl')],
    ['E', () => setChanging(true)],
    ['T', () => setPart(part === 'failures' ? 'results' : 'failures')],
    ['J', () => step(1)],
    ['K', () => step(-1)],
    ['Escape', () => showItem(null)],
  ])

  return (
    <div className={classes.root}>
      <RunHeader progress={progress} actions={actions} />
      <div className={classes.body}>
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
          <RunParts
            progress={progress}
            part={part}
            actions={actions}
            onPart={setPart}
            results={(partSwitch) => (
              <RunResults
                key={lane}
                summary={summary}
                lane={lane}
                choices={
                  <>
                    {partSwitch}
                    {summary.lanes.length > 1 && <LaneChoice summary={summary} lane={lane} onLane={setLane} />}
                  </>
                }
                openItem={openLane === lane ? openItem : null}
                onOpen={(item) => showItem(item, lane)}
              />
            )}
          />
        </SplitPane>
      </div>
      {isChanging && <ChangeDrawer summary={summary} onClose={() => setChanging(false)} />}
    </div>
  )
}
