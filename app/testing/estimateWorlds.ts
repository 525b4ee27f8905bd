import { seededRandom } from '../../shared/judging/seededRandom.ts'
import type { Usage } from '../../shared/usage.ts'
import { NO_USAGE } from '../../shared/usage.ts'
import type { EstimatedStage, StageObservation } from '../core/estimate/stageSample.ts'

/** A source and a chain whose true cost is known because every item is drawn: what an estimate is held against. */
export interface EstimateWorld {
  readonly name: string
  readonly sizes: readonly number[]
  readonly stages: readonly (Omit<EstimatedStage, 'observed'> & {
    readonly truth: readonly StageObservation[]
  })[]
}

interface Dice {
  uniform(): number
  normal(): number
}

type SizeShape = (dice: Dice) => number
type OutputShape = (size: number, dice: Dice) => number

const SIZES: Readonly<Record<string, SizeShape>> = {
  even: (dice) => 200 + 800 * dice.uniform(),
  same: () => 300,
  lognormal: (dice) => 400 * Math.exp(0.8 * dice.normal()),
  heavy: (dice) => 250 * Math.exp(1.3 * dice.normal()),
  'two kinds': (dice) => (dice.uniform() < 0.8 ? 150 + 60 * dice.uniform() : 3000 + 1500 * dice.uniform()),
}

const OUTPUTS: Readonly<Record<string, OutputShape>> = {
  label: (_, dice) => 8 + 4 * dice.uniform(),
  fields: (_, dice) => 60 * Math.exp(0.25 * dice.normal()),
  summary: (size, dice) => Math.min(220, 40 + 0.25 * size) * Math.exp(0.2 * dice.normal()),
  translation: (size, dice) => 1.1 * size * Math.exp(0.08 * dice.normal()),
  list: (size, dice) => Math.max(2, Math.round((size / 150) * Math.exp(0.4 * dice.normal()))) * 22,
  talk: (_, dice) => 120 * Math.exp(0.6 * dice.normal()),
}

type Branch = 'always' | 'by chance' | 'rarely' | 'large ones'

/** `perChunk`: a map over parts of so many tokens. */
interface StageShape {
  readonly output: string
  readonly branch?: Branch
  readonly perChunk?: number
  readonly invalid?: number
}

const CHAINS: Readonly<Record<string, readonly StageShape[]>> = {
  classify: [{ output: 'label' }],
  extract: [{ output: 'fields', invalid: 0.05 }],
  summarise: [{ output: 'summary' }],
  translate: [{ output: 'translation' }],
  'extract a list': [{ output: 'list', invalid: 0.08 }],
  answer: [{ output: 'talk' }],
  'triage and draft': [{ output: 'label' }, { output: 'talk', branch: 'by chance' }],
  'read parts': [{ output: 'summary', perChunk: 200 }, { output: 'summary' }],
  'long ones summed up': [{ output: 'summary', branch: 'large ones' }, { output: 'fields' }],
  'look again at few': [{ output: 'fields' }, { output: 'talk', branch: 'rarely' }],
}

/** `count` items; the same for the same seed. */
export function estimateWorld(seed: number, count: number): EstimateWorld {
  const chains = Object.keys(CHAINS)
  const shapes = Object.keys(SIZES)
  const chain = chains[seed % chains.length] ?? ''
  const shape = shapes[Math.floor(seed / chains.length) % shapes.length] ?? ''
  const dice = createDice(seed * 7919 + 13)
  const draw = SIZES[shape] ?? (() => 1)
  const sizes = Array.from({ length: count }, () => Math.max(1, Math.round(draw(dice))))
  const stages = (CHAINS[chain] ?? []).map((stage, place) => aStage(stage, { id: `s${place}`, sizes, dice }))
  return { name: `${chain}, ${shape} sizes`, sizes, stages }
}

function aStage(
  shape: StageShape,
  { id, sizes, dice }: { readonly id: string; readonly sizes: readonly number[]; readonly dice: Dice },
): EstimateWorld['stages'][number] {
  const fixedTokens = 40 + Math.round(300 * dice.uniform())
  const [inputPrice, outputPrice] = [0.5 + 3 * dice.uniform(), 2 + 13 * dice.uniform()]
  const median = [...sizes].sort((a, b) => a - b)[Math.floor(sizes.length * 0.7)] ?? 0
  const share = 0.2 + 0.5 * dice.uniform()
  const isReached = (size: number): boolean => {
    switch (shape.branch ?? 'always') {
      case 'always':
        return true
      case 'by chance':
        return dice.uniform() < share
      case 'rarely':
        return dice.uniform() < 0.08
      case 'large ones':
        return size > median
    }
  }
  return {
    id,
    tier: 'standard',
    isConditional: shape.branch !== undefined,
    fixedTokens,
    pack: 1,
    packTokens: 0,
    groups: null,
    rough: { inputTokens: fixedTokens + 500, outputTokens: 150 },
    isTransferred: false,
    isChecked: (shape.invalid ?? 0) > 0,
    escalatedMicros: null,
    costMicros: ({ inputTokens, outputTokens }) => Math.round(inputTokens * inputPrice + outputTokens * outputPrice),
    truth: sizes.map((size) => (isReached(size) ? observe(shape, { size, fixedTokens, dice }) : NOT_REACHED)),
  }
}

const NOT_REACHED: StageObservation = {
  reached: false,
  calls: 0,
  attempts: 0,
  usage: NO_USAGE,
  latencyMs: 0,
  costMicros: 0,
  isEscalated: false,
}

function observe(
  shape: StageShape,
  { size, fixedTokens, dice }: { readonly size: number; readonly fixedTokens: number; readonly dice: Dice },
): StageObservation {
  const chunk = shape.perChunk
  const parts = chunk === undefined ? [size] : Array.from({ length: Math.ceil(size / chunk) }, () => chunk)
  let usage: Usage = NO_USAGE
  let [attempts, latencyMs] = [0, 0]
  for (const part of parts) {
    const output = Math.round(OUTPUTS[shape.output]?.(part, dice) ?? 0)
    // Another tokenizer cuts a little otherwise.
    let input = fixedTokens + Math.round(part * (1.05 + 0.03 * dice.normal()))
    const tries = dice.uniform() < (shape.invalid ?? 0) ? 2 : 1
    for (let number = 0; number < tries; number++) {
      usage = { ...usage, inputTokens: usage.inputTokens + input, outputTokens: usage.outputTokens + output }
      latencyMs += 600 * Math.exp(0.4 * dice.normal()) + 8 * output
      input += output + 60
    }
    attempts += tries
  }
  return { reached: true, calls: parts.length, attempts, usage, latencyMs, costMicros: null, isEscalated: false }
}

function createDice(seed: number): Dice {
  const uniform = seededRandom(seed)
  return {
    uniform,
    normal: () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform()),
  }
}

/** The smallest, the largest, and those between at even steps of size. */
export function sampleBySize(sizes: readonly number[], count: number): readonly number[] {
  const order = sizes.map((_, index) => index).sort((a, b) => (sizes[a] ?? 0) - (sizes[b] ?? 0) || a - b)
  const places = Array.from({ length: count }, (_, step) => Math.round((step * (order.length - 1)) / (count - 1)))
  return [...new Set(places)].flatMap((place) => order[place] ?? [])
}

export function trueMicros(world: EstimateWorld): number {
  return world.stages.reduce((sum, stage) => {
    return (
      sum +
      stage.truth.reduce((all, { usage }) => all + (usage.inputTokens === 0 ? 0 : (stage.costMicros(usage) ?? 0)), 0)
    )
  }, 0)
}

/** The stages of a world as seen on these items. */
export function observedStages(world: EstimateWorld, items: readonly number[]): readonly EstimatedStage[] {
  return world.stages.map(({ truth, ...stage }) => ({
    ...stage,
    observed: new Map(items.flatMap((index) => (truth[index] === undefined ? [] : [[index, truth[index]] as const]))),
  }))
}
