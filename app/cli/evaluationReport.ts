import {
  byConcern,
  type Changes,
  changesSince,
  type EvaluatedCase,
  type Evaluation,
  passRate,
} from '../../shared/evaluations/evaluation.ts'
import type { Baseline } from '../../shared/evaluations/suite.ts'
import { formatUsd, MICROS_PER_USD } from '../../shared/format.ts'
import { countText } from './spend.ts'
import type { Colors } from './standardStreams.ts'

/** An evaluation and what it is held against; null: nothing. */
export interface HeldEvaluation {
  readonly evaluation: Evaluation
  readonly baseline: Baseline | null
  /** No model was called: prices are play money. */
  readonly simulated: boolean
}

const NO_CHANGES: Changes = { regressions: [], improvements: [], added: [] }

export function changesOf({ evaluation, baseline }: HeldEvaluation): Changes {
  return baseline === null ? NO_CHANGES : changesSince(baseline, evaluation)
}

/** For people: what it came to, then each case, regressions first. */
export function evaluationReport(held: HeldEvaluation, colors: Colors): readonly string[] {
  const { evaluation, baseline, simulated } = held
  const { passed, total, rate, interval, costMicros } = passRate(evaluation)
  const changes = changesOf(held)
  const cost = `${costMicros === null ? 'cost unknown' : formatUsd(costMicros)}${simulated && costMicros !== 0 ? ' play money' : ''}`
  const range = `95 %: ${percent(interval.low)}–${percent(interval.high)} %`
  const head = `${evaluation.variant}: ${passed} of ${countText(total, 'case')} passed (${percent(rate)} %; ${range}) · ${cost}`
  return [
    colors.bold(head),
    ...byConcern(evaluation.cases, changes).flatMap((one) => caseLines(one, changes, colors)),
    ...(baseline === null ? [] : ['', baselineLine(baseline, changes)]),
    `Kept as ${evaluation.id}.`,
  ]
}

function caseLines({ name, passed, reasons }: EvaluatedCase, changes: Changes, colors: Colors): readonly string[] {
  if (passed) return [`${colors.green('✓')} ${name}${changes.improvements.includes(name) ? ' (improved)' : ''}`]
  const sign = changes.regressions.includes(name)
    ? `${colors.red('✕')} ${name} (regression)`
    : `${colors.red('✕')} ${name}`
  return [sign, ...reasons.map((reason) => `    ${reason}`)]
}

function baselineLine({ evaluation, variant, at }: Baseline, { regressions, improvements, added }: Changes): string {
  const parts = [
    countText(regressions.length, 'regression'),
    countText(improvements.length, 'improvement'),
    ...(added.length > 0 ? [countText(added.length, 'new case')] : []),
  ]
  return `Since ${evaluation} (${variant}, ${at.slice(0, 10)}): ${parts.join(', ')}.`
}

/** For programs. Shares are from 0 to 1. */
export function evaluationJson(held: HeldEvaluation): object {
  const { evaluation, baseline } = held
  const { passed, total, rate, interval, costMicros } = passRate(evaluation)
  const { regressions, improvements, added } = changesOf(held)
  return {
    evaluation: evaluation.id,
    variant: evaluation.variant,
    passed,
    total,
    passRate: rate,
    interval: [interval.low, interval.high],
    costUsd: usd(costMicros),
    baseline: baseline?.evaluation ?? null,
    regressions,
    improvements,
    added,
    cases: evaluation.cases.map(({ costMicros: cost, ...one }) => ({ ...one, costUsd: usd(cost) })),
  }
}

function usd(micros: number | null): number | null {
  return micros === null ? null : micros / MICROS_PER_USD
}

function percent(share: number): number {
  return Math.round(share * 100)
}
