import { describe, expect, it } from 'vitest'
import type { EstimateOutcome, MixEstimate, PriceNote, StageEstimate } from '../../../../shared/estimate.ts'
import type { RunPreview } from '../../../../shared/runChange.ts'
import { atEstimate, driverText, offerText, outcomeText, pricesText } from './estimateText.ts'

const band = (p50: number) => ({ p10: p50 * 0.8, p50, p90: p50 * 1.2 })
const stage = (id: string, cost: number, outputShare: number | null): StageEstimate => ({
  id,
  tier: 'standard',
  model: 'm',
  costMicros: band(cost),
  inputTokens: band(1),
  outputTokens: band(1),
  calls: band(1),
  latencyMs: band(1),
  outputShare,
})
const mix = (stages: readonly StageEstimate[]): MixEstimate => ({
  name: 'as-drawn',
  tiers: {},
  items: 10,
  costMicros: band(stages.reduce((sum, { costMicros }) => sum + (costMicros?.p50 ?? 0), 0)),
  inputTokens: band(1),
  outputTokens: band(1),
  durationMs: band(1),
  basis: 'measured',
  simulated: false,
  stages,
})
const note = (tier: string, from: PriceNote['from'], asOf: string | null = null): PriceNote => ({
  tier,
  model: 'm',
  from,
  asOf,
})
const outcome = (estimated: number | null, actualMicros: number | null): EstimateOutcome => ({
  run: 'r',
  at: 0,
  items: 10,
  estimatedMicros: estimated === null ? null : band(estimated),
  actualMicros,
  estimatedMs: band(1),
  actualMs: null,
})

describe('what an estimate says in words', () => {
  it('names what drives the cost, where there is a choice', () => {
    expect(driverText(mix([stage('clean', 10, 0.2), stage('extract', 30, 0.62)]))).toBe(
      '75 % is extract, 62 % of that for its answers.',
    )
    expect(driverText(mix([stage('only', 10, 0.2)]))).toBeNull()
    expect(driverText({ ...mix([stage('a', 1, null), stage('b', 1, null)]), costMicros: null })).toBeNull()
  })
  it('dates the prices and says whose they are', () => {
    expect(pricesText([note('standard', 'list', '2026-09-23'), note('ours', 'settings'), note('x', 'unknown')])).toBe(
      'Prices as of 2026-09-23; ours as set in jacquard.yaml; the price of x is not known.',
    )
    expect(pricesText([note('local', 'simulated')])).toBe('Play money: no model is called.')
    expect(pricesText([])).toBeNull()
  })
  it('holds the last run against its estimate', () => {
    expect(outcomeText([outcome(1_000_000, 900_000), outcome(4_700_000, 4_520_000), outcome(null, 5)])).toBe(
      'Last run: $4.70 estimated, $4.52 paid (−4 %).',
    )
    expect(outcomeText([outcome(null, null)])).toBeNull()
  })
  it('makes the price of a launch that of the sample, for what memory does not have', () => {
    const preview: RunPreview = {
      items: 50,
      calls: 120,
      remembered: 30,
      costMicros: 999,
      isPricePartial: false,
      savedMicros: 5,
      isExact: false,
      simulated: false,
    }
    const measured = mix([stage('a', 1000, null)])
    expect(atEstimate(preview, measured).costMicros).toBe(800)
    expect(atEstimate(preview, { ...measured, basis: 'rough' })).toBe(preview)
    expect(atEstimate(preview, { ...measured, costMicros: null })).toBe(preview)
    expect(atEstimate({ ...preview, calls: 0 }, measured).costMicros).toBe(999)
  })
  it('says what a sample would cost', () => {
    expect(offerText({ items: 8, costMicros: 30_000, durationMs: 20_000, halfWidth: null })).toBe('≈ $0.03, 20 s')
    expect(offerText({ items: 8, costMicros: null, durationMs: 1000, halfWidth: null })).toMatch(/^price unknown/)
  })
})
