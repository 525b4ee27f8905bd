import { assertNever } from '../../shared/assertNever.ts'
import { formatCount, formatDuration } from '../../shared/format.ts'
import type { BackendLoad, LimitKind, RateLimit, RunLimits } from '../../shared/limits.ts'

/** A backend's load, with what its first waiting call is kept by; null: none waits. */
export interface HeldBackend extends BackendLoad {
  readonly heldBy: 'concurrency' | 'requests' | 'tokens' | 'closed' | null
}

/** Where a run stands, as far as it tells what keeps it from going faster. */
export interface SpeedFacts {
  readonly backends: readonly HeldBackend[]
  /** Items in flight, and at the most. */
  readonly active: number
  readonly atOnce: number | 'unbounded'
  /** Items that are there and have not begun. */
  readonly waiting: number
  /** More items may come. Left out: no. */
  readonly isSourceOpen?: boolean
  readonly isCanaryRunning: boolean
  /** Calls that wait for money that is set aside for others. */
  readonly waitingForBudget: number
  /** More writes are on their way to disk than may be. */
  readonly isDiskBehind: boolean
}

/** What limits a run now, in one line for a person. The nearest to a call comes first: what stands behind it is not felt. */
export function runLimits(facts: SpeedFacts): RunLimits {
  const backends = facts.backends.map(({ heldBy: _, ...load }) => load)
  const held = facts.backends.filter(({ heldBy }) => heldBy !== null).toSorted((a, b) => b.waiting - a.waiting)[0]
  const limit = (kind: LimitKind, text: string): RunLimits => ({ kind, text, backends })
  if (facts.waitingForBudget > 0) return limit('budget', 'money set aside for calls in flight must come free first')
  if (held?.heldBy != null) return limit(held.heldBy, `${nameOf(held)}: ${heldText(held)}`)
  if (facts.isDiskBehind) return limit('disk', 'the disk: results are written slower than they come')
  if (facts.isCanaryRunning) return limit('canary', 'the canary: the rest waits for it')
  const isSourceOpen = facts.isSourceOpen ?? false
  if (facts.waiting === 0 && !isSourceOpen) return limit('tail', 'the last items are in flight')
  if (facts.atOnce !== 'unbounded' && facts.active >= facts.atOnce) {
    const at = `${formatCount(facts.atOnce)} ${facts.atOnce === 1 ? 'item' : 'items'} at once`
    return limit('items', at)
  }
  if (facts.active === 0 || facts.waiting === 0)
    return limit('source', 'the source: items come slower than they are done')
  return limit('calls', 'nothing but the time that answers take')
}

function nameOf({ tiers, name }: BackendLoad): string {
  return tiers.length === 0 ? name : tiers.join(', ')
}

function heldText(load: HeldBackend): string {
  switch (load.heldBy) {
    case 'closed':
      return `asked to wait ${formatDuration(Math.max(1000, load.closedForMs))}`
    case 'requests':
      return rateText(load.requestsPerMinute, 'requests')
    case 'tokens':
      return rateText(load.tokensPerMinute, 'tokens')
    case 'concurrency':
    case null:
      return `${formatCount(load.concurrency ?? load.active)} ${load.concurrency === 1 ? 'call' : 'calls'} at once${fromText(load)}`
    default:
      return assertNever(load.heldBy)
  }
}

function rateText(rate: RateLimit | null, what: string): string {
  if (rate === null) return `no ${what} left, says the provider`
  return `${formatCount(rate.perMinute)} ${what} a minute, ${Math.round(rate.used * 100)} % used`
}

function fromText({ concurrencyFrom }: BackendLoad): string {
  switch (concurrencyFrom) {
    case 'settings':
      return ', by jacquard.yaml'
    case 'learned':
      return ', learned from its refusals'
    case 'person':
      return ', set by you'
    case 'none':
      return ''
    default:
      return assertNever(concurrencyFrom)
  }
}
