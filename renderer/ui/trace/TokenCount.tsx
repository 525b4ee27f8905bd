import { Tooltip } from '@mantine/core'
import { formatCount, formatTokens } from '../../../shared/format.ts'
import type { Usage } from '../../../shared/usage.ts'

/** `1.9k → 148 tok`: read and written. */
export function TokenCount({ usage }: { readonly usage: Usage }) {
  const cached = usage.cachedTokens > 0 ? `, ${formatCount(usage.cachedTokens)} of them from the provider's cache` : ''
  const label = `${formatCount(usage.inputTokens)} tokens read${cached}, ${formatCount(usage.outputTokens)} written`
  return (
    <Tooltip label={label}>
      <span className="tabular">
        {formatTokens(usage.inputTokens)} → {formatTokens(usage.outputTokens)} tok
      </span>
    </Tooltip>
  )
}
