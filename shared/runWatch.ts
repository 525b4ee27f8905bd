import type { RunSummary } from './run.ts'
import { runNews } from './runNotice.ts'

/** The batch runs that someone who looks elsewhere wants to hear of. */
export interface RunWatch {
  /** Those that go on, by id. */
  readonly live: ReadonlyMap<string, RunSummary>
  /** Those that came to something by themselves since the person last looked, by id, the newest last. */
  readonly news: ReadonlyMap<string, RunSummary>
}

export const NOTHING_WATCHED: RunWatch = { live: new Map(), news: new Map() }

/** A run as it stands now. One that was not seen going on before has no news. */
export function watchRun(watch: RunWatch, run: RunSummary): RunWatch {
  if (run.kind === 'test') return watch
  if (goesOn(run)) return { live: new Map(watch.live).set(run.run, run), news: without(watch.news, run.run) }
  if (!watch.live.has(run.run)) return watch
  const news = new Map(without(watch.news, run.run))
  if (runNews(run) !== null) news.set(run.run, run)
  return { live: without(watch.live, run.run), news }
}

/** The person looks at the window: nothing is news any more. */
export function lookedAt(watch: RunWatch): RunWatch {
  return watch.news.size === 0 ? watch : { ...watch, news: new Map() }
}

/** What became news between the two. */
export function newsBetween(before: RunWatch, after: RunWatch): readonly RunSummary[] {
  return [...after.news.values()].filter((run) => before.news.get(run.run) !== run)
}

/**
 * How far runs are, all their items together: whole percents. null: of one at least it is not known how many items it
 * has, or it grows.
 */
export function percentDone(runs: Iterable<RunSummary>): number | null {
  let [done, all] = [0, 0]
  for (const { items, grows, counts } of runs) {
    if (items === null || grows) return null
    done += counts.succeeded + counts.failed + counts.skipped + counts.cancelled
    all += items
  }
  // Never 100 while an item is left.
  return all === 0 ? 0 : Math.floor((done / all) * 100)
}

function goesOn({ state }: RunSummary): boolean {
  return state.status === 'running' || state.status === 'pausing'
}

function without(runs: ReadonlyMap<string, RunSummary>, run: string): ReadonlyMap<string, RunSummary> {
  if (!runs.has(run)) return runs
  const rest = new Map(runs)
  rest.delete(run)
  return rest
}
