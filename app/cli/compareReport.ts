import { type ComparedRow, hasAnswer } from '../../shared/compare/compareRows.ts'
import type { Comparison } from '../../shared/compare/comparison.ts'
import { changedStages, type Recommendation } from '../../shared/compare/recommendTiers.ts'
import type { VariantAdvice } from '../../shared/compare/recommendVariant.ts'
import { isSameOutput } from '../../shared/compare/sameOutput.ts'
import { formatShare } from '../../shared/compare/share.ts'
import type { VariantSummary } from '../../shared/compare/summarizeVariant.ts'
import { formatDuration, formatUsd, MICROS_PER_USD } from '../../shared/format.ts'
import { isJsonObject, type Json } from '../../shared/json.ts'
import { countText } from './spend.ts'
import type { Colors } from './standardStreams.ts'
import { table } from './table.ts'
import { oneLine, terminalText } from './terminalText.ts'

/** A comparison with all that was made of it. */
export interface ComparedSample {
  readonly comparison: Comparison
  /** The variant that agreement is with: the last one named. */
  readonly base: string
  readonly rows: readonly ComparedRow[]
  readonly summaries: readonly VariantSummary[]
  readonly advice: VariantAdvice | null
  readonly recommendation: Recommendation | null
  /** No model was called. */
  readonly simulated: boolean
}

/** Rows that differ; `--json` has them all. */
const SHOWN_ROWS = 12
const SHOWN_LENGTH = 72

/** For a person. */
export function compareReport(sample: ComparedSample, colors: Colors): string[] {
  const { comparison, base, summaries, advice } = sample
  const { items, variants, stage } = comparison
  const what = stage === null ? '' : ` of stage ${stage}`
  const title = `${countText(items.length, 'item')} × ${countText(variants.length, 'variant')}${what}`
  return [
    `${colors.bold(title)}${colors.dim(`, agreement is with ${base}`)}`,
    '',
    ...summaryTable(sample).map((line, at) => (at === 0 ? colors.dim(line) : line)),
    ...summaries.flatMap(({ variant, errors }) =>
      errors.map(({ kind, stage, count, message }) =>
        colors.red(`✕ ${variant}: ${count} × ${stage === null ? '' : `${stage}: `}${kind}: ${oneLine(message, 160)}`),
      ),
    ),
    ...differences(sample, colors),
    ...(advice === null ? [] : ['', `${colors.bold(`Recommended: ${advice.variant}.`)} ${terminalText(advice.why)}`]),
    ...stageAdvice(sample, colors),
  ]
}

function summaryTable({ summaries, base, simulated }: ComparedSample): string[] {
  const hasExpected = summaries.some(({ expected }) => expected !== null)
  const heads = [
    'variant',
    'valid',
    'agrees',
    ...(hasExpected ? ['as expected'] : []),
    'p50',
    'p95',
    `per 1,000${simulated ? ' (play money)' : ''}`,
    'calls',
  ]
  const rows = summaries.map((summary) => [
    summary.variant,
    summary.valid === null ? '' : formatShare(summary.valid),
    summary.agreement === null ? (summary.variant === base ? '–' : '') : formatShare(summary.agreement),
    ...(hasExpected ? [summary.expected === null ? '' : formatShare(summary.expected)] : []),
    summary.p50LatencyMs === null ? '' : formatDuration(summary.p50LatencyMs),
    summary.p95LatencyMs === null ? '' : formatDuration(summary.p95LatencyMs),
    formatUsd(summary.costMicrosPer1000),
    String(summary.attempts),
  ])
  return table([heads, ...rows], [1, 2, 3, 4, 5, 6, 7])
}

function differences({ rows }: ComparedSample, colors: Colors): string[] {
  const different = rows.filter(({ differs }) => differs)
  if (different.length === 0) return []
  const lines = different.slice(0, SHOWN_ROWS).flatMap(({ item, cells }) => {
    const answered = cells.filter(hasAnswer)
    const fields = differentFields(answered.map(({ output }) => output))
    const told = (output: Json) => oneLine(textOf(output, fields), SHOWN_LENGTH)
    return [
      oneLine(item.key, SHOWN_LENGTH),
      ...table(answered.map(({ variant, output }) => [`  ${variant}`, told(output)])).map(colors.dim),
    ]
  })
  const more = different.length - SHOWN_ROWS
  const left = more > 0 ? [colors.dim(`… and ${more} more: --json has them all`)] : []
  return ['', `${countText(different.length, 'item')} with different answers:`, ...lines, ...left]
}

function stageAdvice({ recommendation, comparison, simulated }: ComparedSample, colors: Colors): string[] {
  if (recommendation === null || comparison.stage !== null) return []
  const { stages, costMicrosPer1000, nowMicrosPer1000 } = recommendation
  if (stages.length < 2 && changedStages(recommendation).length === 0) return []
  const lines = stages.map(({ stage, tier, escalate, why }) => [
    `  ${stage}`,
    `→ ${tier}${escalate === null ? '' : `, else ${escalate}`}`,
    colors.dim(why),
  ])
  const money = simulated ? ' of play money' : ''
  const now = nowMicrosPer1000 === null ? '' : ` (as drawn ${formatUsd(nowMicrosPer1000)})`
  const cost = costMicrosPer1000 === null ? 'cost unknown' : `${formatUsd(costMicrosPer1000)}${money}${now}`
  return ['', `Stage by stage, ${cost} for 1,000 items:`, ...table(lines)]
}

/** The document that `compare --json` prints. */
export function compareJson({ comparison, base, summaries, advice, recommendation, simulated }: ComparedSample) {
  const { items, variants, cells, stage, repeats } = comparison
  return {
    items: items.map(({ key }) => key),
    variants: variants.map(({ name }) => name),
    stage,
    repeats,
    simulated,
    cells: cells.map((cell) => ({
      item: cell.item.key,
      variant: cell.variant,
      ...(repeats > 1 && { repeat: cell.repeat }),
      status: cell.status,
      output: cell.output,
      error: cell.error,
      valid: cell.isValid,
      latencyMs: cell.latencyMs,
      usage: cell.usage,
      costUsd: usd(cell.costMicros),
      attempts: cell.attempts,
      remembered: cell.remembered,
      run: cell.run,
    })),
    summary: Object.fromEntries(summaries.map((summary) => [summary.variant, summaryJson(summary, base)])),
    recommended: advice?.variant ?? null,
    why: advice?.why ?? null,
    stages: Object.fromEntries(
      (recommendation?.stages ?? []).map(({ stage, now, tier, escalate, costMicrosPer1000, why }) => [
        stage,
        { now, tier, escalate, costUsdPer1000: usd(costMicrosPer1000), why },
      ]),
    ),
  }
}

function summaryJson(summary: VariantSummary, base: string) {
  const { valid, agreement, expected, attempts, usage, errors, p50LatencyMs, p95LatencyMs, costMicrosPer1000 } = summary
  // With itself everything agrees.
  const own = summary.variant === base && summary.tries > 0 ? 1 : null
  return {
    valid: valid?.share ?? null,
    validInterval: valid === null ? null : [valid.low, valid.high],
    agreement: agreement?.share ?? own,
    agreementInterval: agreement === null ? null : [agreement.low, agreement.high],
    ...(expected !== null && { expected: expected.share, expectedInterval: [expected.low, expected.high] }),
    p50LatencyMs,
    p95LatencyMs,
    costUsdPer1000: usd(costMicrosPer1000),
    attempts,
    usage,
    errors,
  }
}

function usd(micros: number | null): number | null {
  return micros === null ? null : micros / MICROS_PER_USD
}

/** Names of the fields that are not the same in all outputs; null: not all are objects. */
function differentFields(outputs: readonly Json[]): readonly string[] | null {
  const objects = outputs.filter(isJsonObject)
  const [first] = objects
  if (first === undefined || objects.length < outputs.length) return null
  const names = [...new Set(objects.flatMap((output) => Object.keys(output)))]
  return names.filter((name) => objects.some((output) => !isSameOutput(output[name] ?? null, first[name] ?? null)))
}

/** Of an object only some fields; null: all of it. */
function textOf(output: Json, fields: readonly string[] | null): string {
  if (typeof output === 'string') return output
  if (fields === null || !isJsonObject(output)) return JSON.stringify(output)
  return JSON.stringify(Object.fromEntries(fields.map((name) => [name, output[name] ?? null])))
}
