import type { StageList } from '../plan.ts'
import type { Draws } from './draws.ts'
import type { StageTotals } from './stageTotals.ts'

/** What holds a run's calls to one backend back. */
export interface BackendBounds {
  /** Tiers of the same name share them. */
  readonly name: string
  readonly concurrency: number | null
  readonly requestsPerMinute: number | null
  readonly tokensPerMinute: number | null
}

export interface DurationParts {
  readonly lists: readonly StageList[]
  /** Items at once. */
  readonly concurrency: number | 'unbounded'
  readonly items: number
  /** Of each model stage, by its name on the way (`sections/gist`). */
  readonly bounds: ReadonlyMap<string, BackendBounds>
}

/** How much slower or faster a provider is on another day. */
const OTHER_DAYS = 0.12
/** Elements of a map that run side by side where it sets no bound of its own. */
const MANY = 1_000

/**
 * How long a run takes, in milliseconds: an item's stages behind one another, so many items at once, and no faster than any
 * backend takes calls and tokens.
 */
export function runDuration(parts: DurationParts, totals: ReadonlyMap<string, StageTotals>, draws: Draws): number {
  const { items, concurrency, lists } = parts
  if (items === 0) return 0
  const mean = (path: string) => ({
    latencyMs: (totals.get(path)?.latencyMs ?? 0) / items,
    calls: (totals.get(path)?.calls ?? 0) / items,
  })
  const itemMs = lists.reduce((sum, list) => sum + longestPath(list, '', mean), 0)
  const atOnce = concurrency === 'unbounded' ? items : Math.min(concurrency, items)
  // The last items run out side by side with ever fewer others.
  const byItems = itemMs * (items / atOnce + (atOnce > 1 ? 0.5 : 0))
  return Math.max(byItems, ...backendTimes(parts, totals)) * Math.exp(OTHER_DAYS * draws.normal())
}

type Mean = (path: string) => { readonly latencyMs: number; readonly calls: number }

function longestPath({ stages }: StageList, prefix: string, mean: Mean): number {
  const ends: number[] = []
  for (const stage of stages) {
    const path = prefix + stage.id
    const begins = Math.max(0, ...stage.dependsOn.map((column) => ends[column] ?? 0))
    let own = 0
    if (stage.kind === 'model') own = mean(path).latencyMs
    else if (stage.kind === 'chain') own = longestPath(stage.inner, `${path}/`, mean)
    else if (stage.kind === 'map') {
      const elements = Math.max(1, ...stage.inner.stages.map(({ id }) => mean(`${path}/${id}`).calls))
      const bound = stage.isSequential ? 1 : stage.concurrency === 'unbounded' ? MANY : stage.concurrency
      own = longestPath(stage.inner, `${path}/`, mean) / Math.min(elements, bound)
    }
    ends[stage.column] = begins + own
  }
  return Math.max(0, ...ends.filter((end) => end !== undefined))
}

function backendTimes({ bounds }: DurationParts, totals: ReadonlyMap<string, StageTotals>): readonly number[] {
  const byName = new Map<string, { bounds: BackendBounds; busyMs: number; calls: number; tokens: number }>()
  for (const [path, own] of bounds) {
    const stage = totals.get(path)
    if (stage === undefined) continue
    const before = byName.get(own.name) ?? { bounds: own, busyMs: 0, calls: 0, tokens: 0 }
    byName.set(own.name, {
      bounds: own,
      busyMs: before.busyMs + stage.latencyMs,
      calls: before.calls + stage.calls,
      tokens: before.tokens + stage.inputTokens + stage.outputTokens,
    })
  }
  const MINUTE_MS = 60_000
  return [...byName.values()].flatMap(({ bounds: { concurrency, requestsPerMinute, tokensPerMinute }, ...used }) => [
    concurrency === null ? 0 : used.busyMs / concurrency,
    requestsPerMinute === null ? 0 : (used.calls / requestsPerMinute) * MINUTE_MS,
    tokensPerMinute === null ? 0 : (used.tokens / tokensPerMinute) * MINUTE_MS,
  ])
}
