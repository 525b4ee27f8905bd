import type { Band } from '../../../shared/estimate.ts'
import { createDraws, type Draws, NO_CHANCE } from './draws.ts'
import type { ItemSizes } from './itemSizes.ts'
import { type PriceRates, priceRates } from './priceRates.ts'
import { type EstimatedStage, type StageSample, stageSample, sum } from './stageSample.ts'
import { drawTotals, knownMicros, knownTotals, type StageTotals } from './stageTotals.ts'

export interface MixInput {
  readonly stages: readonly EstimatedStage[]
  readonly sizes: ItemSizes
  /** Sampled items, by index; each stage was observed on these or on fewer. */
  readonly items: readonly number[]
  readonly seed: number
  /** Time of a run, in milliseconds, of what its stages take in one draw. */
  durationMs(totals: ReadonlyMap<string, StageTotals>, draws: Draws): number
}

export interface MixBands {
  /** Millionths of a dollar; null: the price of a stage that is asked is not known. */
  readonly costMicros: Band | null
  readonly inputTokens: Band
  readonly outputTokens: Band
  readonly durationMs: Band
  readonly stages: ReadonlyMap<string, StageBands>
}

export interface StageBands {
  readonly costMicros: Band | null
  readonly inputTokens: Band
  readonly outputTokens: Band
  readonly calls: Band
  /** Of its calls, one after the other. */
  readonly latencyMs: Band
  /** Of the cost in the middle, what is for tokens of the answers; null: the price is not known. */
  readonly outputShare: number | null
}

export const DRAWS = 1000
/** How much a sampled item's standing for many others counts in the lines: 0 not at all, 1 fully. */
const SHARE_COUNTS = 0.6

/** What a run over all items takes if it is made of these stages, from what the sampled items took. */
export function estimateMix(input: MixInput): MixBands {
  const mix = openMix(input)
  mix.draw(DRAWS)
  return mix.bands()
}

/** An estimate in the making: a thousand draws take some 50 ms, and whoever has others to serve makes them in turns. */
export interface OpenMix {
  draw(count: number): void
  bands(): MixBands
}

export function openMix(input: MixInput): OpenMix {
  const parts = input.stages.map((stage): Part => {
    const sample = stageSample(stage, input.sizes)
    const known = knownTotals(sample)
    const rates = ratesOf(sample, (usage) => stage.costMicros(usage))
    return {
      sample,
      shares: weightsOf(input.sizes, sample.items),
      known,
      rates,
      better: stage.escalatedMicros === null ? null : ratesOf(sample, stage.escalatedMicros),
      knownMicros: known.calls === 0 ? 0 : (knownMicros(sample) ?? microsOf(known, rates)),
    }
  })
  const draws = createDraws(input.seed)
  const drawn: Drawn[] = []
  return {
    draw: (count) => {
      for (let number = 0; number < count; number++) drawn.push(drawAll(parts, input, draws))
    },
    bands: () => bandsOf(parts, input, drawn),
  }
}

function weightsOf(sizes: ItemSizes, items: readonly number[]): readonly number[] {
  return sizes.shares(items).map((share) => Math.max(share, 1e-6) ** SHARE_COUNTS)
}

function bandsOf(parts: readonly Part[], input: MixInput, drawn: readonly Drawn[]): MixBands {
  const middle = drawAll(parts, input, NO_CHANCE)
  const widening = input.items.length === 0 ? 1 : smallSample(weightsOf(input.sizes, input.items))
  const bandOf = (value: (one: Drawn) => Split): Band =>
    widen(value(middle).known, Float64Array.from(drawn, (one) => value(one).rest).sort(), widening)
  const ofRun = (pick: (stage: DrawnStage) => Split) =>
    bandOf(({ stages }) => {
      let [known, rest] = [0, 0]
      for (const stage of stages) {
        const split = pick(stage)
        known += split.known
        rest += split.rest
      }
      return { known, rest }
    })
  const isPriced = parts.every(({ rates }) => rates !== null)
  return {
    costMicros: isPriced ? ofRun(micros) : null,
    inputTokens: ofRun(tokens('inputTokens')),
    outputTokens: ofRun(tokens('outputTokens')),
    durationMs: bandOf(({ durationMs }) => ({ known: 0, rest: durationMs })),
    stages: new Map(
      parts.map(({ sample, rates }, place) => {
        const of = (pick: (one: DrawnStage) => Split) =>
          bandOf(({ stages }) => {
            const stage = stages[place]
            return stage === undefined ? { known: 0, rest: 0 } : pick(stage)
          })
        const own = middle.stages[place]
        const bands: StageBands = {
          costMicros: rates === null ? null : of(micros),
          inputTokens: of(tokens('inputTokens')),
          outputTokens: of(tokens('outputTokens')),
          calls: of(tokens('calls')),
          latencyMs: of(tokens('latencyMs')),
          outputShare: own === undefined || rates === null ? null : outputShare(own, rates),
        }
        return [sample.stage.id, bands]
      }),
    ),
  }
}

/** What is known of the sampled items, and what was drawn for the rest. */
interface Split {
  readonly known: number
  readonly rest: number
}

const micros = ({ knownMicros, restMicros }: DrawnStage): Split => ({ known: knownMicros, rest: restMicros })

const tokens =
  (of: keyof StageTotals) =>
  ({ known, rest }: DrawnStage): Split => ({ known: known[of], rest: rest[of] })

interface Part {
  readonly sample: StageSample
  readonly shares: readonly number[]
  readonly known: StageTotals
  readonly rates: PriceRates | null
  /** Of the tier that is asked where an answer stays invalid. */
  readonly better: PriceRates | null
  /** Millionths of a dollar that the sampled items cost. */
  readonly knownMicros: number
}

interface DrawnStage {
  readonly known: StageTotals
  readonly rest: StageTotals
  readonly knownMicros: number
  readonly restMicros: number
}

interface Drawn {
  readonly stages: readonly DrawnStage[]
  readonly durationMs: number
}

function drawAll(parts: readonly Part[], input: MixInput, draws: Draws): Drawn {
  // An item that takes much at one stage takes much at the next: it weighs the same everywhere.
  const weights = new Map(input.items.map((index) => [index, draws.weight()]))
  const common = draws.normal()
  const totals = new Map<string, StageTotals>()
  const stages = parts.map(({ sample, shares, known, knownMicros, rates, better }): DrawnStage => {
    const own = sample.items.map((index, place) => (weights.get(index) ?? 1) * (shares[place] ?? 1))
    const rest = drawTotals(sample, { weights: own, common }, draws)
    totals.set(sample.stage.id, add(known, rest))
    return { known, rest, knownMicros, restMicros: microsOf(rest, rates) + escalatedMicros(rest, better) }
  })
  return { stages, durationMs: input.durationMs(totals, draws) }
}

function ratesOf(sample: StageSample, costMicros: EstimatedStage['costMicros']): PriceRates | null {
  const { stage, values } = sample
  const [calls, input] = [sum(values.calls), sum(values.input)]
  const perCall = calls === 0 ? stage.rough.inputTokens : sample.fixedTokens + (input / calls) * stage.pack
  return priceRates(costMicros, perCall)
}

/** The failed answer is in the question then; it is short beside what was asked. */
function escalatedMicros(
  { escalated, calls, inputTokens, outputTokens }: StageTotals,
  better: PriceRates | null,
): number {
  if (better === null || calls === 0) return 0
  return (escalated / calls) * (inputTokens * better.input + outputTokens * better.output)
}

function microsOf(totals: StageTotals, rates: PriceRates | null): number {
  if (rates === null) return 0
  const plain = totals.inputTokens - totals.cachedTokens - totals.cacheWriteTokens
  return (
    Math.max(0, plain) * rates.input +
    totals.cachedTokens * rates.cached +
    totals.cacheWriteTokens * rates.cacheWrite +
    totals.outputTokens * rates.output
  )
}

function outputShare({ known, rest, knownMicros, restMicros }: DrawnStage, rates: PriceRates): number {
  const all = knownMicros + restMicros
  return all === 0 ? 0 : ((known.outputTokens + rest.outputTokens) * rates.output) / all
}

function add(a: StageTotals, b: StageTotals): StageTotals {
  return {
    calls: a.calls + b.calls,
    inputTokens: a.inputTokens + b.inputTokens,
    cachedTokens: a.cachedTokens + b.cachedTokens,
    cacheWriteTokens: a.cacheWriteTokens + b.cacheWriteTokens,
    outputTokens: a.outputTokens + b.outputTokens,
    latencyMs: a.latencyMs + b.latencyMs,
    escalated: a.escalated + b.escalated,
  }
}

/** The quantiles of what was drawn, moved apart in proportion. `sorted` ascending. */
function widen(known: number, sorted: Float64Array, by: number): Band {
  const at = (share: number) => sorted[Math.round(share * (sorted.length - 1))] ?? 0
  const middle = at(0.5)
  const moved = (value: number) => (middle <= 0 || value <= 0 ? value : middle * (value / middle) ** by)
  return { p10: known + moved(at(0.1)), p50: known + middle, p90: known + moved(at(0.9)) }
}

/** Upper tenth of the standard normal distribution. */
const Z90 = 1.2816

/**
 * A resampled band is too narrow by what the sample's own spread is not sure of: Student's t in place of the normal
 * distribution, and a resampled variance that is short by one in n.
 */
function smallSample(weights: readonly number[]): number {
  const sum = weights.reduce((a, b) => a + b, 0)
  const points = sum === 0 ? 1 : sum ** 2 / weights.reduce((a, b) => a + b * b, 0)
  const freedom = Math.max(1.5, points - 1.5)
  const t90 = Z90 + 0.8467 / freedom + 0.571 / freedom ** 2
  return (t90 / Z90) * Math.sqrt(points / Math.max(1, points - 1))
}
