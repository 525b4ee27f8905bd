import { stripVTControlCharacters } from 'node:util'
import type { CellState } from '../../shared/cell.ts'
import { formatCount, formatDuration, formatRate, formatUsd } from '../../shared/format.ts'
import type { RunCounts, RunProgress, RunSummary, StageCounts } from '../../shared/run.ts'
import { countText, spendText, tokensText } from './spend.ts'
import type { Colors } from './standardStreams.ts'
import { table } from './table.ts'
import { oneLine } from './terminalText.ts'

export interface BlockSpace {
  /** Columns and rows of the terminal. */
  readonly width: number
  readonly height: number
  readonly colors: Colors
}

const MAX_BAR = 40
/** Lines of the block beside those of the stages. */
const HEAD_LINES = 5

/** A live run as lines for a terminal. Never wider or higher than the space given. */
export function progressBlock(progress: RunProgress, space: BlockSpace): string[] {
  const { summary, limits } = progress
  const { colors, width } = space
  return [
    colors.bold(oneLine(`${summary.chainName} · ${summary.sourceLabel}`, width - 1)),
    barLine(summary, space),
    fitted(['  ', ''], countParts(summary.counts, colors), width),
    fitted(['', colors.dim(' · ')], figureParts(progress), width),
    ...(limits === null ? [] : [colors.dim(oneLine(`limited by ${limits.text}`, width - 1))]),
    ...stageLines(progress, space),
  ]
}

/** Share of the items that are done, 0 to 1; null where their number is not known. */
export function doneShare({ items, counts }: Pick<RunSummary, 'items' | 'counts'>): number | null {
  return items === null ? null : items === 0 ? 1 : doneItems(counts) / items
}

export function doneItems({ succeeded, failed, skipped, cancelled }: RunCounts): number {
  return succeeded + failed + skipped + cancelled
}

function barLine(summary: RunSummary, { colors, width }: BlockSpace): string {
  const done = doneItems(summary.counts)
  const share = doneShare(summary)
  if (share === null || summary.items === null) return `${countText(done, 'item')} done`
  // Down, not up: a run with one item left is not at 100 %.
  const text = `${formatCount(done)} of ${countText(summary.items, 'item')}  ${Math.floor(share * 100)} %`
  const cells = Math.min(MAX_BAR, width - text.length - 3)
  if (cells < 5) return oneLine(text, width - 1)
  const filled = done === 0 ? 0 : Math.max(1, Math.floor(share * cells))
  const red = summary.counts.failed === 0 ? 0 : Math.max(1, Math.round((filled * summary.counts.failed) / done))
  return `${colors.green('█'.repeat(filled - red))}${colors.red('█'.repeat(red))}${colors.dim('░'.repeat(cells - filled))}  ${text}`
}

function countParts(counts: RunCounts, colors: Colors): string[] {
  const parts = [colors.green(`✓ ${formatCount(counts.succeeded)}`)]
  parts.push((counts.failed > 0 ? colors.red : colors.dim)(`✕ ${formatCount(counts.failed)}`))
  if (counts.skipped > 0) parts.push(`${formatCount(counts.skipped)} skipped`)
  if (counts.cancelled > 0) parts.push(`${formatCount(counts.cancelled)} cancelled`)
  parts.push(
    colors.cyan(`${formatCount(counts.running)} running`),
    colors.dim(`${formatCount(counts.waiting)} waiting`),
  )
  return parts
}

function figureParts({ summary, itemsPerSecond, remainingMs }: RunProgress): string[] {
  const parts: string[] = []
  if (summary.state.status === 'pausing') parts.push('pausing')
  const { canary } = summary
  if (canary?.status === 'running') parts.push(`canary ${formatCount(canary.done)} of ${formatCount(canary.items)}`)
  else if (remainingMs !== null) parts.push(`${formatDuration(remainingMs)} left`)
  if (itemsPerSecond !== null) parts.push(formatRate(itemsPerSecond))
  if (summary.calls > 0) parts.push(spendText(summary), tokensText(summary.usage))
  if (summary.savedMicros > 0) parts.push(`${formatUsd(summary.savedMicros)} saved`)
  parts.push(`${formatDuration(summary.activeMs)} so far`)
  parts.push(summary.concurrency === 'unbounded' ? 'no bound' : `${summary.concurrency} at once`)
  return parts
}

const STAGE_PARTS = [
  ['succeeded', 'green', '✓ '],
  ['failed', 'red', '✕ '],
] as const
const STAGE_WORDS = [
  ['running', 'cyan'],
  ['retrying', 'yellow'],
  ['skipped', 'dim'],
  ['remembered', 'dim'],
  ['held', 'yellow'],
] as const satisfies readonly (readonly [CellState, keyof Colors])[]

function stageLines({ summary, stageCounts, limits }: RunProgress, { colors, width, height }: BlockSpace): string[] {
  const shown = summary.stages.slice(0, Math.max(1, height - HEAD_LINES - (limits === null ? 1 : 2)))
  const names = table(shown.map(({ id, tier }) => [`  ${id}`, colors.dim(tier ?? '')]))
  const nameWidth = Math.max(0, ...names.map((name) => stripVTControlCharacters(name).length))
  const lines = shown.map((_, index) => {
    const name = names[index] ?? ''
    const padded = name + ' '.repeat(nameWidth - stripVTControlCharacters(name).length)
    return fitted(['  ', ''], [padded, ...stageParts(stageCounts[index] ?? {}, colors)], width)
  })
  const more = summary.stages.length - shown.length
  return more > 0 ? [...lines, colors.dim(`  … and ${countText(more, 'more stage', 'more stages')}`)] : lines
}

function stageParts(counts: StageCounts, colors: Colors): string[] {
  const parts = STAGE_PARTS.map(([state, color, sign]) => {
    const count = counts[state] ?? 0
    return (count === 0 ? colors.dim : colors[color])(sign + formatCount(count))
  })
  for (const [state, color] of STAGE_WORDS) {
    const count = counts[state] ?? 0
    if (count > 0) parts.push(colors[color](`${formatCount(count)} ${state}`))
  }
  return parts
}

/** As many of the parts, from the first on, as the width has room for: a part is shown whole or not at all. */
function fitted([gap, separator]: readonly [string, string], parts: readonly string[], width: number): string {
  const between = separator === '' ? gap : separator
  let line = ''
  for (const part of parts) {
    const longer = line === '' ? part : line + between + part
    if (stripVTControlCharacters(longer).length >= width) break
    line = longer
  }
  return line
}
