import type { Band, MixEstimate, WhatIf } from '../../../shared/estimate.ts'
import { seedOf } from '../../../shared/judging/seededRandom.ts'
import { type BackendBounds, runDuration } from '../../core/estimate/duration.ts'
import { DRAWS, type MixInput, openMix } from '../../core/estimate/estimateMix.ts'
import { itemSizes } from '../../core/estimate/itemSizes.ts'
import type { EstimatedStage } from '../../core/estimate/stageSample.ts'
import type { Plan } from '../../core/plan.ts'
import type { Models, TierModel } from '../../ports/models.ts'
import type { AnswerSize } from '../../ports/runStore.ts'
import { nextTurn } from '../run/nextTurn.ts'
import { expectedCalls } from '../run/previewCalls.ts'
import type { ModelPath } from './modelPaths.ts'
import type { Observations } from './observations.ts'
import { roughSize } from './roughSize.ts'

/** All that estimates of one chain over one source rest on. */
export interface EstimateGround {
  readonly plan: Plan
  readonly paths: readonly ModelPath[]
  /** Tokens of each item that can be read. */
  readonly tokens: Float64Array
  /** Only the first N of them are run. */
  readonly limit: number | null
  readonly concurrency: number | 'unbounded'
  /** Places of the sampled items. */
  readonly sampled: readonly number[]
  readonly observations: Observations
  /** Tokens of every call of a stage that do not hang on the item, by path; and what a shared call has besides. */
  readonly fixedTokens: ReadonlyMap<string, number>
  readonly packTokens: ReadonlyMap<string, number>
  readonly recentSizes: ReadonlyMap<string, AnswerSize>
  /** What earlier runs say: applied to cost and time. */
  readonly calibrate: { cost(band: Band): Band; duration(band: Band): Band }
}

/** One way to make the run. */
export interface Mix {
  readonly name: string
  /** Stage id → tier, in place of the one that it is drawn on. */
  readonly tiers: Readonly<Record<string, string>>
  /** No dearer tier is asked where an answer stays invalid. */
  readonly isAlone?: boolean
  readonly whatIf?: WhatIf
}

const NO_WHAT_IF: WhatIf = { tiers: {}, packs: {}, limits: {} }
/** Draws between two turns for others. */
const IN_ONE_TURN = 50

/** As the sample alone has it, and as earlier runs of the chain correct it. */
export interface EstimatedMix {
  readonly shown: MixEstimate
  readonly raw: { readonly costMicros: Band | null; readonly durationMs: Band }
}

export async function mixEstimate(ground: EstimateGround, mix: Mix, models: Models): Promise<EstimatedMix> {
  const whatIf = mix.whatIf ?? NO_WHAT_IF
  const limit = whatIf.limit ?? ground.limit ?? ground.tokens.length
  const sizes = itemSizes(ground.tokens, limit)
  const groups = expectedCalls(ground.plan.lanes.slice(1), {
    items: sizes.count,
    waiting: ground.plan.lanes.slice(1).map(() => 0),
  })
  const parts = ground.paths.map((path) => {
    const tier = mix.tiers[path.stage.id] ?? path.stage.tier
    const model = modelOf(path, tier, models)
    const pack = whatIf.packs[path.stage.id] ?? path.stage.pack?.size ?? 1
    const better = path.stage.escalate === null || mix.isAlone === true ? null : models.tier(path.stage.escalate)
    const itemTokens = sizes.count === 0 ? 0 : sizes.total / sizes.count
    return {
      path,
      tier,
      model,
      stage: estimatedStage(path, {
        ground,
        tier,
        model,
        better: better?.ok === true ? better.model : null,
        pack,
        itemTokens,
        groups: groups.get(path.stage) ?? null,
      }),
    }
  })
  const duration = {
    lists: ground.plan.lanes,
    concurrency: whatIf.concurrency ?? ground.concurrency,
    items: sizes.count,
    bounds: new Map(parts.map(({ stage, tier, model }) => [stage.id, boundsOf(tier, model, whatIf)])),
  }
  const input: MixInput = {
    stages: parts.map(({ stage }) => stage),
    sizes,
    items: ground.sampled,
    seed: seedOf(parts.map(({ stage }) => `${stage.id} ${stage.tier}`).join()),
    durationMs: (totals, draws) => runDuration(duration, totals, draws),
  }
  const open = openMix(input)
  for (let drawn = 0; drawn < DRAWS; drawn += IN_ONE_TURN) {
    open.draw(IN_ONE_TURN)
    await nextTurn()
  }
  const bands = open.bands()
  const seen = ground.sampled.length > 0
  const cost = (band: Band | null) => (band === null || !seen ? band : ground.calibrate.cost(band))
  const shown: MixEstimate = {
    name: mix.name,
    tiers: Object.fromEntries(parts.map(({ path, tier }) => [path.stage.id, tier])),
    items: sizes.count,
    costMicros: cost(bands.costMicros),
    inputTokens: bands.inputTokens,
    outputTokens: bands.outputTokens,
    durationMs: seen ? ground.calibrate.duration(bands.durationMs) : bands.durationMs,
    basis: !seen ? 'rough' : parts.some(({ stage }) => stage.isTransferred) ? 'transferred' : 'measured',
    simulated: parts.every(({ model }) => model?.simulated ?? false),
    stages: parts.flatMap(({ path, tier, model, stage }) => {
      const own = bands.stages.get(stage.id)
      if (own === undefined) return []
      return [{ ...own, id: path.path, tier, model: model?.model ?? '', costMicros: cost(own.costMicros) }]
    }),
  }
  return { shown, raw: { costMicros: bands.costMicros, durationMs: bands.durationMs } }
}

interface About {
  readonly ground: EstimateGround
  readonly tier: string
  readonly model: TierModel | null
  /** Asked where an answer stays invalid; null: nobody is. */
  readonly better: TierModel | null
  readonly pack: number
  readonly itemTokens: number
  readonly groups: number | null
}

function estimatedStage({ path, stage, isConditional, lane }: ModelPath, about: About): EstimatedStage {
  const { ground, tier, model, pack, itemTokens, groups } = about
  const byTier = ground.observations.get(path)
  const own = byTier?.get(tier)
  const observed = own ?? byTier?.get(stage.tier) ?? byTier?.values().next().value
  const fixedTokens = ground.fixedTokens.get(path) ?? 0
  const known = ground.recentSizes.get(`${stage.id} ${model?.model ?? ''}`)
  const costMicros: EstimatedStage['costMicros'] = (usage) => model?.costMicros(usage) ?? null
  return {
    id: path,
    tier,
    isConditional,
    fixedTokens,
    pack,
    groups: lane === 0 ? null : groups,
    rough: roughSize(stage, known, { fixedTokens, itemTokens }),
    observed: observed ?? new Map(),
    isTransferred: own === undefined && observed !== undefined,
    isChecked: stage.schema !== null && stage.policy.repairs > 0,
    escalatedMicros: about.better === null ? null : (usage) => about.better?.costMicros(usage) ?? null,
    packTokens: ground.packTokens.get(path) ?? 0,
    costMicros,
  }
}

function modelOf({ stage }: ModelPath, tier: string, models: Models): TierModel | null {
  const lookup = models.tier(tier, tier === stage.tier ? (stage.model ?? undefined) : undefined)
  return lookup.ok ? lookup.model : null
}

function boundsOf(tier: string, model: TierModel | null, { limits }: WhatIf): BackendBounds {
  const own = limits[tier]
  return {
    name: model?.limiterName ?? tier,
    concurrency: model?.concurrency ?? null,
    requestsPerMinute: own === undefined ? (model?.requestsPerMinute ?? null) : own.requestsPerMinute,
    tokensPerMinute: own === undefined ? (model?.tokensPerMinute ?? null) : own.tokensPerMinute,
  }
}
