import { formatCount, formatTokens, formatUsd } from '../../shared/format.ts'
import type { RunSummary } from '../../shared/run.ts'
import type { Usage } from '../../shared/usage.ts'

type Spend = Pick<RunSummary, 'costMicros' | 'unpricedCalls' | 'simulated'>

/** `$0.42`, `$0.42 play money`, `at least $0.42`, `cost unknown`. */
export function spendText({ costMicros, unpricedCalls, simulated }: Spend): string {
  if (unpricedCalls > 0 && costMicros === 0) return 'cost unknown'
  const amount = unpricedCalls > 0 ? `≥ ${formatUsd(costMicros)}` : formatUsd(costMicros)
  return simulated ? `${amount} play money` : amount
}

/** US dollars for JSON output; null: nothing of it is known. */
export function costUsd({ costMicros, unpricedCalls }: Omit<Spend, 'simulated'>): number | null {
  return unpricedCalls > 0 && costMicros === 0 ? null : costMicros / 1_000_000
}

/** `41k tokens in, 3.1k out` */
export function tokensText({ inputTokens, outputTokens, cachedTokens }: Usage): string {
  const cached = cachedTokens > 0 ? ` (${formatTokens(cachedTokens)} from the provider's cache)` : ''
  return `${formatTokens(inputTokens)} tokens in${cached}, ${formatTokens(outputTokens)} out`
}

/** `1 item`, `300 items` */
export function countText(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`
}
