import { create } from 'zustand'
import type { RunDetail } from '../../shared/api.ts'
import type { RunProgress, RunStatus, RunSummary } from '../../shared/run.ts'
import { callOrNotify } from '../lib/callOrNotify.ts'

interface RunState {
  /** Batches, newest first. */
  readonly runs: readonly RunSummary[]
  /** false until the list has been read for the first time. */
  readonly isListed: boolean
  /** What was last pushed or read of each run that was live or opened in this window. */
  readonly progress: ReadonlyMap<string, RunProgress>
  /** The chain as it was at the launch, of runs that were opened. */
  readonly chainTexts: ReadonlyMap<string, string>
  /** Resolves with the runs that were opened here and stand elsewhere now than what was last pushed of them says. */
  refresh(): Promise<readonly string[]>
  /** Reads one run, for opening it; null: it could not be read, and the person was told. */
  load(run: string): Promise<RunDetail | null>
  applyProgress(progress: RunProgress): void
  /** Another workspace was opened. */
  clear(): void
}

const MOST_LISTED = 500

export const useRunStore = create<RunState>()((set, get) => ({
  runs: [],
  isListed: false,
  progress: new Map(),
  chainTexts: new Map(),
  async refresh() {
    const runs = await callOrNotify('runs.list', { kind: 'batch', limit: MOST_LISTED })
    if (runs === null) return []
    set({ runs, isListed: true })
    // One that was not going on, and was cancelled: nothing is pushed of it.
    const moved = runs.filter(({ run, state }) => {
      const known = get().progress.get(run)?.summary.state.status
      return known !== undefined && known !== state.status
    })
    await Promise.all(moved.map(({ run }) => get().load(run)))
    return moved.map(({ run }) => run)
  },
  async load(run) {
    const detail = await callOrNotify('runs.get', { run })
    if (detail === null) return null
    set((state) => ({ chainTexts: new Map(state.chainTexts).set(run, detail.chainText) }))
    get().applyProgress(detail.progress)
    return detail
  },
  applyProgress(progress) {
    const { summary } = progress
    set((state) => ({
      progress: new Map(state.progress).set(summary.run, progress),
      runs: state.runs.map((run) => (run.run === summary.run ? summary : run)),
    }))
  },
  clear() {
    set({ runs: [], isListed: false, progress: new Map(), chainTexts: new Map() })
  },
}))

const LIVE: readonly RunStatus[] = ['running', 'pausing']

export function isLive(run: RunSummary): boolean {
  return LIVE.includes(run.state.status)
}

export function canResume(run: RunSummary): boolean {
  return run.state.status === 'paused' || run.state.status === 'interrupted'
}

/**
 * What a run stands still for that its screen lets the person decide. null: it goes on, or a plain Resume is all.
 * `dayBudget`: a plain Resume is enough on the next day.
 */
export type WaysOn = 'budget' | 'dayBudget' | 'tripwire'

export function waysOn({ state }: RunSummary): WaysOn | null {
  if (state.status !== 'paused') return null
  const { kind } = state.reason
  return kind === 'budget' || kind === 'dayBudget' || kind === 'tripwire' ? kind : null
}

/** The run that the status bar shows: the newest live one, else the newest that waits to be resumed. */
export function selectCurrentRun(state: RunState): RunSummary | null {
  return state.runs.find(isLive) ?? state.runs.find(canResume) ?? null
}

export function selectProgress(run: string | null): (state: RunState) => RunProgress | null {
  return (state) => (run === null ? null : (state.progress.get(run) ?? null))
}
