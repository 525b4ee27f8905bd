import { formatCount, formatDuration, formatRate } from '../../shared/format.ts'
import type { RunProgress } from '../../shared/run.ts'
import { doneItems, doneShare } from './progressBlock.ts'
import { countText, spendText } from './spend.ts'

/** A live run on one plain line, for logs. */
export function progressLine({ summary, itemsPerSecond, remainingMs }: RunProgress): string {
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
  if (remainingMs !== null && remainingMs > 0) parts.push(`${formatDuration(remainingMs)} left`)
  return parts.join(', ')
}
