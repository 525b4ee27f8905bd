import { formatCount, formatDuration, formatRate, formatUsd } from '../../shared/format.ts'
import type { LimitKind } from '../../shared/limits.ts'
import type { RunProgress } from '../../shared/run.ts'
import { doneItems, doneShare } from './progressBlock.ts'
import { countText, spendText } from './spend.ts'

/** What the other figures say, or what needs no word in a log. */
const AS_USUAL: readonly LimitKind[] = ['calls', 'items', 'tail', 'canary']

/** A live run on one plain line, for logs. */
export function progressLine({ summary, itemsPerSecond, remainingMs, limits }: RunProgress): string {
  const { canary } = summary
  const done = doneItems(summary.counts)
  const share = doneShare(summary)
  const parts = [
    share === null || summary.items === null
      ? `${countText(done, 'item')} done`
      : `${formatCount(done)} of ${countText(summary.items, 'item')} (${Math.floor(share * 100)} %)`,
    `${formatCount(summary.counts.succeeded)} succeeded`,
    `${formatCount(summary.counts.failed)} failed`,
  ]
  if (summary.counts.skipped > 0) parts.push(`${formatCount(summary.counts.skipped)} skipped`)
  if (itemsPerSecond !== null) parts.push(formatRate(itemsPerSecond))
  if (summary.calls > 0) parts.push(spendText(summary))
  if (summary.savedMicros > 0) parts.push(`${formatUsd(summary.savedMicros)} saved`)
  if (canary?.status === 'running') parts.push(`canary ${formatCount(canary.done)} of ${formatCount(canary.items)}`)
  else if (remainingMs !== null && remainingMs > 0) parts.push(`${formatDuration(remainingMs)} left`)
  if (limits !== null && !AS_USUAL.includes(limits.kind)) parts.push(`limited by ${limits.text}`)
  return parts.join(', ')
}
