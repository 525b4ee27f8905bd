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

/** A run's cells, live: the grid with its legend. */
export function RunGrid({ summary }: { readonly summary: RunSummary }) {
  const { run } = summary
  const grid = useMemo(() => openGrid(run), [run])
  const version = useGridVersion(grid)
  const keys = useMemo(() => createItemKeys(run), [run])
  const keysVersion = useSyncExternalStore(keys.subscribe, keys.version)
  const [shown, setShown] = useState<ReadonlySet<CellState> | null>(null)
  const openItem = useViewStore((state) => state.openItem)
  const showItem = useViewStore((state) => state.showItem)

  const items = summary.items ?? grid.items
  const model = useGridModel({ items, stages: grid.stages.length, states: grid.states, version })
  // A new function when more names are known: that is how the grid learns to draw them.
  // biome-ignore lint/correctness/useExhaustiveDependencies: keys that have come since make it another function, so that the grid draws them
  const keyOf = useCallback((item: number) => keys.keyOf(item), [keys, keysVersion])

  if (items === 0 || grid.stages.length === 0) return <NoCells load={grid.load} summary={summary} />
  const { counts } = summary
  const label = `${formatCount(items)} items by ${grid.stages.length} stages: ${formatCount(counts.succeeded)} done, ${formatCount(counts.failed)} failed, ${formatCount(counts.running)} running, ${formatCount(counts.waiting)} waiting`
  return (
    <div className={classes.root}>
      <Grid
        model={model}
        stages={grid.stages}
        keyOf={keyOf}
        shown={shown}
        openItem={openItem}
        onOpen={showItem}
        label={label}
      >
        {(state) => (
          <div className={classes.bar}>
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
}: {
  readonly load: ReturnType<typeof openGrid>['load']
  readonly summary: RunSummary
}) {
  if (load.status === 'failed') return <EmptyState title="The cells could not be read">{load.message}</EmptyState>
  if (load.status === 'loading' || summary.items === null) return <EmptyState title="Counting the items…" />
  return <EmptyState title="No items">The source of this run has no items.</EmptyState>
}
