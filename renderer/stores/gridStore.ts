import { useSyncExternalStore } from 'react'
import type { RunProgress } from '../../shared/run.ts'
import { host } from '../lib/host.ts'
import { CellGrid } from './cellGrid.ts'

interface OpenGrid {
  readonly grid: CellGrid
  /** Pushed while pages were being read: a page may be older than they are, so they are laid over it again. */
  pushed: RunProgress[]
  /** Counts the readings, so that one that was overtaken by a reload stops. */
  reading: number
}

const PAGE_ITEMS = 100_000
/** Lanes whose cells are kept; the one looked at longest ago goes first. */
const MOST_OPEN = 8

const open = new Map<string, OpenGrid>()

/** The cells of one lane of a run, kept up to date from now on. Reading them in begins at once. */
export function openGrid(run: string, lane: number): CellGrid {
  const name = nameOf(run, lane)
  const entry = open.get(name) ?? { grid: new CellGrid(run, lane), pushed: [], reading: 0 }
  const isNew = !open.has(name)
  // Re-inserted, so that the map's order is that of use.
  open.delete(name)
  open.set(name, entry)
  for (const oldest of open.keys()) {
    if (open.size <= MOST_OPEN) break
    open.delete(oldest)
  }
  if (isNew || entry.grid.load.status === 'failed') void readAll(entry)
  return entry.grid
}

/** Re-renders a component when cells have changed, ten times a second at most. */
export function useGridVersion(grid: CellGrid): number {
  return useSyncExternalStore(grid.subscribe, grid.getVersion)
}

/** Of a run that is not open here, nothing is kept. */
export function applyToGrid(progress: RunProgress): void {
  for (const lane of progress.lanes.keys()) {
    const entry = open.get(nameOf(progress.summary.run, lane))
    if (entry === undefined) continue
    const { grid } = entry
    if (grid.load.status === 'loading') entry.pushed.push(progress)
    place(grid, progress)
    grid.announce()
  }
}

function nameOf(run: string, lane: number): string {
  return `${run}/${lane}`
}

/** After a lost connection: what was pushed meanwhile did not arrive. */
export async function reloadGrids(): Promise<void> {
  await Promise.all([...open.values()].map(readAll))
}

export function closeGrids(): void {
  open.clear()
}

function place(grid: CellGrid, { summary, lanes }: RunProgress): void {
  const stages = summary.stages.filter(({ lane }) => lane === grid.lane)
  if (grid.stages.length !== stages.length) grid.setStages(stages.map((stage) => stage.id))
  const changes = lanes[grid.lane]
  if (changes !== undefined) grid.placeChanged(changes.changed, changes.states)
  const items = summary.lanes[grid.lane]?.items ?? null
  if (items !== null) grid.growTo(items)
}

async function readAll(entry: OpenGrid): Promise<void> {
  const { grid } = entry
  const reading = ++entry.reading
  entry.pushed = []
  grid.load = { status: 'loading' }
  for (let from = 0; ; from += PAGE_ITEMS) {
    const reply = await host.call('runs.cells', { run: grid.run, lane: grid.lane, from, count: PAGE_ITEMS })
    if (entry.reading !== reading) return
    if (!reply.ok) {
      grid.load = { status: 'failed', message: reply.error.message }
      grid.announce()
      return
    }
    const { stages, states } = reply.value
    grid.setStages(stages)
    grid.placeRows(from, states)
    for (const progress of entry.pushed) place(grid, progress)
    const isLastPage = states.length < PAGE_ITEMS * stages.length || stages.length === 0
    if (isLastPage) grid.load = { status: 'ready' }
    grid.announce()
    if (isLastPage) break
  }
  entry.pushed = []
}
