import { useCallback, useMemo, useRef, useState } from 'react'
import { CELL_STATES, type CellState } from '../../../../shared/cell.ts'
import { formatCount } from '../../../../shared/format.ts'
import type { RunProgress, RunSummary } from '../../../../shared/run.ts'
import { GridLegend } from '../../../ui/grid/GridLegend.tsx'
import { GridZoom } from '../../../ui/grid/GridZoom.tsx'
import { useBoxSize } from '../../../ui/grid/useBoxSize.ts'
import type { GridViewState } from '../../../ui/grid/useGridView.ts'
import { bandHeights, goodHeight } from './bandHeights.ts'
import classes from './LaneBands.module.css'
import { LaneGrid, RunGrid } from './RunGrid.tsx'

interface LaneBandsProps {
  readonly progress: RunProgress
  readonly onOpen: (item: number, lane: number) => void
}

/** The grid of a run: a band for each lane, the items above and the groups that were made of them below. */
export function LaneBands({ progress, onOpen }: LaneBandsProps) {
  const { summary } = progress
  if (summary.lanes.length < 2) return <RunGrid summary={summary} onOpen={onOpen} />
  return <Bands key={summary.run} progress={progress} onOpen={onOpen} />
}

/** Height of a band's title. */
const TITLE = 28

function Bands({ progress, onOpen }: LaneBandsProps) {
  const { summary } = progress
  const { lanes, stages } = summary
  const [shown, setShown] = useState<ReadonlySet<CellState> | null>(null)
  const [views, setViews] = useState<ReadonlyMap<number, GridViewState>>(new Map())
  const body = useRef<HTMLDivElement>(null)
  const { width, height } = useBoxSize(body)
  const follow = useCallback((lane: number, state: GridViewState | null) => {
    setViews((before) => {
      const next = new Map(before)
      if (state === null) next.delete(lane)
      else next.set(lane, state)
      return next
    })
  }, [])
  const names = stages.map(({ id }) => id).join('\n')
  const namedBy = useMemo(() => names.split('\n'), [names])
  const good = lanes.map(({ items }, at) => {
    const rows = stages.filter(({ lane }) => lane === at).length
    return TITLE + goodHeight({ items: items ?? 0, stages: rows }, width)
  })
  const heights = bandHeights(good, height)
  return (
    <div className={classes.root}>
      <div className={classes.bar}>
        <GridLegend totals={totalsOf(progress)} shown={shown} onShow={setShown} />
        <GridZoom states={[...views.values()]} />
      </div>
      <div ref={body} className={classes.bands}>
        {lanes.map((about, lane) => (
          // Lanes of a run neither come nor go.
          <section
            key={about.begins ?? ''}
            className={classes.band}
            style={{ height: heights[lane] }}
            aria-label={laneTitle(summary, lane)}
          >
            <h2 className={classes.title}>{laneTitle(summary, lane)}</h2>
            <div className={classes.cells}>
              <LaneGrid summary={summary} lane={lane} shown={shown} onOpen={onOpen} namedBy={namedBy} onView={follow} />
            </div>
          </section>
        ))}
      </div>
    </div>
  )
}

/** Cells of all lanes by state code. */
function totalsOf({ stageCounts }: RunProgress): readonly number[] {
  return CELL_STATES.map((state) => stageCounts.reduce((sum, counts) => sum + (counts[state] ?? 0), 0))
}

/** `50 items`, `7 groups of by_category`. */
export function laneTitle({ lanes }: RunSummary, lane: number): string {
  const about = lanes[lane]
  if (about === undefined) return ''
  // While a source is read, what came so far is counted by its states.
  const items = about.items ?? Object.values(about.counts).reduce((sum, count) => sum + count, 0)
  const word = about.begins === null ? 'item' : 'group'
  const title = `${formatCount(items)} ${items === 1 ? word : `${word}s`}`
  return about.begins === null ? title : `${title} of ${about.begins}`
}
