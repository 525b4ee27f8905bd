import { useCallback, useMemo, useState, useSyncExternalStore } from 'react'
import type { CellState } from '../../../../shared/cell.ts'
import { formatCount } from '../../../../shared/format.ts'
import type { RunSummary } from '../../../../shared/run.ts'
import { openGrid, useGridVersion } from '../../../stores/gridStore.ts'
import { useViewStore } from '../../../stores/viewStore.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Grid } from '../../../ui/grid/Grid.tsx'
import { GridLegend } from '../../../ui/grid/GridLegend.tsx'
import { GridZoom } from '../../../ui/grid/GridZoom.tsx'
import { useGridModel } from '../../../ui/grid/useGridModel.ts'
import { createItemKeys } from './itemKeys.ts'
import classes from './RunGrid.module.css'

interface RunGridProps {
  readonly summary: RunSummary
  readonly lane: number
  /** In the bar over the cells, where a run has several lanes. */
  readonly title?: string
}

/** The cells of one lane of a run, live: the grid with its legend. */
export function RunGrid({ summary, lane, title }: RunGridProps) {
  const { run } = summary
  const grid = useMemo(() => openGrid(run, lane), [run, lane])
  const version = useGridVersion(grid)
  const keys = useMemo(() => createItemKeys(run, lane), [run, lane])
  const keysVersion = useSyncExternalStore(keys.subscribe, keys.version)
  const [shown, setShown] = useState<ReadonlySet<CellState> | null>(null)
  const openItem = useViewStore((state) => (state.openLane === lane ? state.openItem : null))
  const showItem = useViewStore((state) => state.showItem)

  const about = summary.lanes[lane]
  const items = about?.items ?? grid.items
  const word = lane === 0 ? 'items' : 'groups'
  const model = useGridModel({ items, stages: grid.stages.length, states: grid.states, version })
  // A new function when more names are known: that is how the grid learns to draw them.
  // biome-ignore lint/correctness/useExhaustiveDependencies: keys that have come since make it another function, so that the grid draws them
  const keyOf = useCallback((item: number) => keys.keyOf(item), [keys, keysVersion])

  if (items === 0 || grid.stages.length === 0) return <NoCells load={grid.load} summary={summary} lane={lane} />
  const counts = about?.counts ?? summary.counts
  const label = `${formatCount(items)} ${word} by ${grid.stages.length} stages: ${formatCount(counts.succeeded)} done, ${formatCount(counts.failed)} failed, ${formatCount(counts.running)} running, ${formatCount(counts.waiting)} waiting`
  return (
    <div className={classes.root}>
      <Grid
        model={model}
        stages={grid.stages}
        keyOf={keyOf}
        shown={shown}
        openItem={openItem}
        onOpen={(item) => showItem(item, lane)}
        label={label}
      >
        {(state) => (
          <div className={classes.bar}>
            {title !== undefined && <h2 className={classes.title}>{title}</h2>}
            <GridLegend model={model} shown={shown} onShow={setShown} />
            <GridZoom state={state} />
          </div>
        )}
      </Grid>
    </div>
  )
}

function NoCells({
  load,
  summary,
  lane,
}: {
  readonly load: ReturnType<typeof openGrid>['load']
  readonly summary: RunSummary
  readonly lane: number
}) {
  if (load.status === 'failed') return <EmptyState title="The cells could not be read">{load.message}</EmptyState>
  if (lane > 0) return <EmptyState title="No groups yet">They come as the gather seals them.</EmptyState>
  if (load.status === 'loading' || summary.items === null) return <EmptyState title="Counting the items…" />
  return <EmptyState title="No items">The source of this run has no items.</EmptyState>
}
