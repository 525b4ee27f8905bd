import { assertNever } from '../../shared/assertNever.ts'
import { formatCount, formatDuration, formatRate, formatUsd } from '../../shared/format.ts'
import type { RunState, RunSummary } from '../../shared/run.ts'
import type { FailureGroup } from './failureGroups.ts'
import { countText, spendText, tokensText } from './spend.ts'
import type { Colors } from './standardStreams.ts'
import { table } from './table.ts'
import { oneLine } from './terminalText.ts'

export interface RunReport {
  readonly summary: RunSummary
  readonly failures: readonly FailureGroup[]
  /** Failed items that `failures` counts; less than all of them where they are very many. */
  readonly failuresRead: number
  /** Where the results are, as a person here would write it; null: no file. */
  readonly output: string | null
  /** The command with the run in place of `RUN`; null: the chain was never saved, so none can name it. */
  readonly commands: { readonly resume: string; readonly retryFailed: string } | null
}

const MESSAGE_LENGTH = 160

/** What a run came to, for a person: the last thing that `run` prints and the first that `show` does. */
export function runReport(report: RunReport, colors: Colors): string[] {
  const { summary } = report
  const rows: [string, string][] = [['Run', summary.run]]
  const time = timeText(summary)
  if (time !== null) rows.push(['Time', time])
  if (summary.calls + summary.remembered > 0)
    rows.push(['Cost', costText(summary)], ['Tokens', `${tokensText(summary.usage)}; ${callsText(summary)}`])
  const reason = whyText(summary)
  if (reason !== null) rows.push(['Why', reason])
  if (report.output !== null) rows.push(['Results', report.output])
  rows.push(...nextSteps(report))
  const lines = [headline(summary, colors)]
  for (const line of table(rows.map(([name, value]) => [`  ${name}`, value]))) lines.push(line)
  return [...lines, ...failureLines(report, colors)]
}

/** `✓ Completed: 298 of 300 items succeeded, 2 failed` */
function headline({ state, items, counts }: RunSummary, colors: Colors): string {
  const parts = [
    items === null
      ? `${countText(counts.succeeded, 'item')} succeeded`
      : `${formatCount(counts.succeeded)} of ${countText(items, 'item')} succeeded`,
  ]
  for (const status of ['failed', 'skipped', 'cancelled', 'running', 'waiting'] as const)
    if (counts[status] > 0) parts.push(`${formatCount(counts[status])} ${status}`)
  const counted = parts.join(', ')
  switch (state.status) {
    case 'completed':
      return counts.failed > 0 ? colors.yellow(`✕ Completed: ${counted}`) : colors.green(`✓ Completed: ${counted}`)
    case 'failed':
      return colors.red(`✕ Failed: ${counted}`)
    case 'cancelled':
      return colors.yellow(`Cancelled: ${counted}`)
    case 'paused':
      return colors.yellow(`Paused: ${counted}`)
    case 'interrupted':
      return colors.yellow(`Interrupted: ${counted}`)
    case 'running':
    case 'pausing':
      return colors.cyan(`${state.status === 'running' ? 'Running' : 'Pausing'}: ${counted}`)
    default:
      return assertNever(state)
  }
}

function timeText({ activeMs, counts }: RunSummary): string | null {
  if (activeMs <= 0) return null
  const done = counts.succeeded + counts.failed
  return done > 0 ? `${formatDuration(activeMs)} (${formatRate(done / (activeMs / 1000))})` : formatDuration(activeMs)
}

function costText(summary: RunSummary): string {
  const { savedMicros, uncertainMicros } = summary
  const saved = savedMicros > 0 ? `; memory saved ${formatUsd(savedMicros)}` : ''
  const uncertain = uncertainMicros > 0 ? `; up to ${formatUsd(uncertainMicros)} more perhaps billed` : ''
  return `${spentText(summary)}${saved}${uncertain}`
}

function spentText(summary: RunSummary): string {
  if (summary.simulated) return `${spendText(summary)}: the tiers are simulated, no model was called`
  if (summary.unpricedCalls === 0) return spendText(summary)
  return `${spendText(summary)}; the price of ${countText(summary.unpricedCalls, 'call')} is not known`
}

function callsText({ calls, reused, remembered }: RunSummary): string {
  const fromMemory = remembered > 0 ? `, ${formatCount(remembered)} answers from memory` : ''
  const kept = reused > remembered ? `, ${formatCount(reused - remembered)} answers taken over` : ''
  return `${countText(calls, 'call')}${fromMemory}${kept}`
}

function whyText({ state }: RunSummary): string | null {
  if (state.status === 'paused' || state.status === 'pausing')
    return state.reason.kind === 'asked' ? null : oneLine(state.reason.message, 1000)
  if (state.status === 'failed') {
    const { stage, kind, message } = state.error
    return `${stage === null ? '' : `${stage}: `}${kind}: ${oneLine(message, 1000)}`
  }
  return null
}

function nextSteps({ summary, commands }: RunReport): [string, string][] {
  if (commands === null || summary.kind === 'test') return []
  const { status } = summary.state
  if (status === 'paused' || status === 'interrupted')
    return [...stepBefore(summary.state), ['Go on', commands.resume], ...otherWay(summary.state)]
  return summary.counts.failed > 0 && status !== 'running' && status !== 'pausing'
    ? [['Retry', commands.retryFailed]]
    : []
}

/** What a mere resumption would not change. */
function stepBefore(state: RunState): [string, string][] {
  return state.status === 'paused' && state.reason.kind === 'dayBudget'
    ? [['First', 'wait for midnight, or raise `dayUsd` under `budgets:` in jacquard.yaml']]
    : []
}

function otherWay(state: RunState): [string, string][] {
  return state.status === 'paused' && state.reason.kind === 'tripwire'
    ? [['Or', 'mend the chain and launch it anew: what is asked as before comes from memory']]
    : []
}

function failureLines({ failures, failuresRead, summary }: RunReport, colors: Colors): string[] {
  if (failures.length === 0) return []
  const lines = failures.flatMap(({ kind, count, example }) => {
    const place = example.stage === null ? example.key : `${example.key}, ${example.stage}`
    return [
      `    ${colors.red(`${formatCount(count)} ${kind}`)}`,
      colors.dim(`      such as ${oneLine(place, 100)}: ${oneLine(example.message, MESSAGE_LENGTH)}`),
    ]
  })
  const partly = failuresRead < summary.counts.failed ? ` (the first ${formatCount(failuresRead)})` : ''
  return [`  Failed${partly}`, ...lines]
}
