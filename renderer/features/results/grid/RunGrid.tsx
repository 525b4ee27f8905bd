import { type ReactNode, useCallback, useMemo, useState, useSyncExternalStore } from 'react'
import type { CellState } from '../../../../shared/cell.ts'
import { formatCount } from '../../../../shared/format.ts'
import type { RunSummary } from '../../../../shared/run.ts'
import { openGrid, useGridVersion } from '../../../stores/gridStore.ts'
import { useViewStore } from '../../../stores/viewStore.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { Grid } from '../../../ui/grid/Grid.tsx'
import { GridZoom } from '../../../ui/grid/GridZoom.tsx'
import type { GridModel } from '../../../ui/grid/gridModel.ts'
import { ModelLegend } from '../../../ui/grid/ModelLegend.tsx'
import { useGridModel } from '../../../ui/grid/useGridModel.ts'
import type { GridViewState } from '../../../ui/grid/useGridView.ts'
import { createItemKeys } from './itemKeys.ts'
import classes from './RunGrid.module.css'

interface RunGridProps {
  readonly summary: RunSummary
  readonly onOpen: (item: number, lane: number) => void
}

/** The cells of a run that has one lane, live: the grid under its legend. */
export function RunGrid({ summary, onOpen }: RunGridProps) {
  const [shown, setShown] = useState<ReadonlySet<CellState> | null>(null)
  return (
    <div className={classes.root}>
      <LaneGrid summary={summary} lane={0} shown={shown} onOpen={onOpen}>
        {(state, model) => (
          <div className={classes.bar}>
            <ModelLegend model={model} shown={shown} onShow={setShown} />
            <GridZoom states={[state]} />
          </div>
        )}
      </LaneGrid>
    </div>
  )
}

interface LaneGridProps {
  readonly summary: RunSummary
  readonly lane: number
  readonly shown: ReadonlySet<CellState> | null
  readonly onOpen: (item: number, lane: number) => void
  /** As the grid has it: stages that the room for names is measured by. */
  readonly namedBy?: readonly string[]
  readonly onView?: (lane: number, state: GridViewState | null) => void
  readonly children?: (state: GridViewState, model: GridModel) => ReactNode
}

/** The cells of one lane. */
export function LaneGrid({ summary, lane, shown, onOpen, namedBy, onView, children }: LaneGridProps) {
  const { run } = summary
  const grid = useMemo(() => openGrid(run, lane), [run, lane])
  const version = useGridVersion(grid)
  const keys = useMemo(() => createItemKeys(run, lane), [run, lane])
  const keysVersion = useSyncExternalStore(keys.subscribe, keys.version)
  const openItem = useViewStore((state) => (state.openLane === lane ? state.openItem : null))
  const open = useCallback((item: number) => onOpen(item, lane), [onOpen, lane])
  const follow = useCallback((state: GridViewState | null) => onView?.(lane, state), [onView, lane])

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
    <Grid
      model={model}
      stages={grid.stages}
      {...(namedBy !== undefined && { namedBy })}
      keyOf={keyOf}
      shown={shown}
      openItem={openItem}
      onOpen={open}
      label={label}
      {...(onView !== undefined && { onView: follow })}
    >
      {(state) => children?.(state, model)}
    </Grid>
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
  if (lane > 0) return <NoGroups summary={summary} lane={lane} />
  if (load.status !== 'loading' && summary.grows && summary.endedAt === null)
    return <EmptyState title="Waiting for the first item" />
  if (load.status === 'loading' || summary.items === null) return <EmptyState title="Counting the items…" />
  return <EmptyState title="No items">The source of this run has no items.</EmptyState>
}

/** A lane has few lines of room: what there is to say stands in one. */
function NoGroups({ summary, lane }: { readonly summary: RunSummary; readonly lane: number }) {
  const waiting = summary.lanes[lane - 1]?.gather?.waiting ?? 0
  const text = summary.endedAt === null ? 'No group is complete yet' : 'No group came together'
  return (
    <p className={classes.none}>
      {text}
      {waiting > 0 && `; ${formatCount(waiting)} ${waiting === 1 ? 'item waits' : 'items wait'} for the others`}.
    </p>
  )
}
