import { formatCount, formatUsd } from '../../shared/format.ts'
import type { RunPreview } from '../../shared/runChange.ts'

/** What a button would ask for: `312 calls, 88 from memory, about $0.41`. A price that is not known is never 0. */
export function previewText(preview: RunPreview): string {
  const { items, calls, remembered, simulated } = preview
  if (items === 0) return 'Nothing to do'
  const about = preview.isExact || calls === 0 ? '' : 'about '
  const asked = calls === 0 ? 'no calls' : `${about}${formatCount(calls)} ${calls === 1 ? 'call' : 'calls'}`
  const parts = [
    asked,
    remembered > 0 ? `${formatCount(remembered)} from memory` : null,
    calls === 0 ? 'costs nothing' : priceWords(preview),
  ].filter((part) => part !== null)
  return `${parts.join(', ')}${simulated && calls > 0 ? ' of play money' : ''}`
}

function priceWords({ costMicros, isPricePartial }: RunPreview): string {
  if (costMicros === null || (isPricePartial && costMicros === 0)) return 'price unknown'
  return `${isPricePartial ? 'at least' : 'about'} ${formatUsd(costMicros)}`
}

/** The same for the end of a button's words: `≈ $0.41`, `≥ $0.41`, `price unknown`. */
export function previewPrice({ costMicros, isPricePartial, calls }: RunPreview): string {
  if (calls === 0) return '$0'
  if (costMicros === null || (isPricePartial && costMicros === 0)) return 'price unknown'
  return `${isPricePartial ? '≥' : '≈'} ${formatUsd(costMicros)}`
}
