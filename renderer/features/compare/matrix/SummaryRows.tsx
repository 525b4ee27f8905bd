import type { ReactNode } from 'react'
import { formatShare, type Share } from '../../../../shared/compare/share.ts'
import type { VariantSummary } from '../../../../shared/compare/summarizeVariant.ts'
import { formatDuration, formatTokens, formatUsd } from '../../../../shared/format.ts'
import type { Compared } from '../useCompared.ts'
import classes from './Matrix.module.css'

interface Line {
  readonly label: string
  readonly help: string
  show(summary: VariantSummary): ReactNode
}

/** Under the matrix: what each variant came to over all items, whatever rows are shown. */
export function SummaryRows({ compared }: { readonly compared: Compared }) {
  const { summaries, base, simulated } = compared
  const hasExpected = summaries.some(({ expected }) => expected !== null)
  return (
    <tfoot className={classes.foot}>
      {linesFor({ base, simulated, hasExpected }).map(({ label, help, show }) => (
        <tr key={label} className={classes.sum}>
          <th scope="row" title={help} className={classes.sumLabel}>
            {label}
          </th>
          {summaries.map((summary) => (
            <td key={summary.variant} className={classes.sumValue}>
              {summary.tries === 0 ? <span className="quiet">–</span> : show(summary)}
            </td>
          ))}
        </tr>
      ))}
    </tfoot>
  )
}

function linesFor(of: { base: string; simulated: boolean; hasExpected: boolean }): readonly Line[] {
  const expected: Line = {
    label: 'As expected',
    help: 'Answers that are the expected ones; in brackets what may be true (95 %)',
    show: ({ expected }) => <ShareText share={expected} none="–" />,
  }
  return [
    {
      label: 'Valid',
      help: 'Answers that fitted their schema at once; in brackets what may be true (95 %)',
      show: ({ valid }) => <ShareText share={valid} none="–" />,
    },
    {
      label: `Agrees with ${of.base}`,
      help: 'Items with the same answer; in brackets what may be true (95 %)',
      show: ({ agreement, variant }) => <ShareText share={agreement} none={variant === of.base ? 'the base' : '–'} />,
    },
    ...(of.hasExpected ? [expected] : []),
    {
      label: 'Time (half · 95 %)',
      help: 'Half of the answers came within the first, 95 % within the second',
      show: ({ p50LatencyMs, p95LatencyMs }) =>
        p50LatencyMs === null || p95LatencyMs === null
          ? '–'
          : `${formatDuration(p50LatencyMs)} · ${formatDuration(p95LatencyMs)}`,
    },
    {
      label: `1,000 items${of.simulated ? ' (play money)' : ''}`,
      help: 'What so many items would cost at the rate of these',
      show: ({ costMicrosPer1000, usage }) => (
        <>
          {costMicrosPer1000 === null ? 'price unknown' : formatUsd(costMicrosPer1000)}
          <span className="quiet"> · {formatTokens(usage.inputTokens + usage.outputTokens)} tokens here</span>
        </>
      ),
    },
  ]
}

function ShareText({ share, none }: { readonly share: Share | null; readonly none: string }) {
  if (share === null) return <span className="quiet">{none}</span>
  return <span title={`${share.count} of ${share.of}`}>{formatShare(share)}</span>
}
