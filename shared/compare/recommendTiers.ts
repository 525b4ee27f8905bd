import type { Chain } from '../chain.ts'
import type { ChainEdit } from '../chainEdit.ts'
import type { ChainGraph } from '../graph.ts'
import { allStages, findStage } from '../stageTree.ts'
import type { Variant } from '../variant.ts'
import type { ComparedRow } from './compareRows.ts'
import { countOf, DEFAULT_MARGIN, doubtOf, judgeQuality, type QualityMargin } from './quality.ts'
import { type Share, shareOf } from './share.ts'
import { type StageTries, stagesBefore, stageTries } from './stageTries.ts'
import { isOfTiers } from './tierVariant.ts'

/** What one model stage should run on. */
export interface StageAdvice {
  readonly stage: string
  /** As it is drawn. */
  readonly now: string
  readonly tier: string
  /** The tier that is asked where the answer fails its checks; null: as it is drawn. */
  readonly escalate: string | null
  /** Answers that are those of the reference; null: it is the reference that is recommended. */
  readonly quality: Share | null
  /** Millionths of a dollar for 1,000 items; null: not known. */
  readonly costMicrosPer1000: number | null
  /** The same of the tier that is drawn; null: not known, or it was not compared. */
  readonly nowMicrosPer1000: number | null
  /** Why, and how sure, in a sentence. */
  readonly why: string
}

export interface Recommendation {
  /** In the order of the chain. */
  readonly stages: readonly StageAdvice[]
  /** Of all of them; null: one is not known. */
  readonly costMicrosPer1000: number | null
  readonly nowMicrosPer1000: number | null
}

export interface Compared {
  readonly chain: Chain
  readonly graph: ChainGraph
  readonly variants: readonly Variant[]
  readonly rows: readonly ComparedRow[]
  /** Name of the variant whose answers are taken for right. */
  readonly reference: string
  /** The one stage that was compared; null: the whole chain. */
  readonly stage: string | null
  /** The tier that a model stage is drawn with. */
  drawnTier(stage: string): string
}

/**
 * For each model stage the cheapest tier that is not worse than the reference by more than the margin: by itself, or with
 * the reference's tier for answers that fail their checks. null: too little was compared to say anything.
 */
export function recommendTiers(compared: Compared, margin: QualityMargin = DEFAULT_MARGIN): Recommendation | null {
  const { rows, variants, graph } = compared
  const plain = variants.filter(isOfTiers)
  const reference = plain.find(({ name }) => name === compared.reference) ?? plain.at(-1)
  if (reference === undefined || plain.length < 2) return null
  const paths = stagePaths(compared, reference.name)
  const judged = paths.filter((path) => compared.stage === null || stageOf(path) === compared.stage)
  const stages = judged.flatMap((path) => {
    const before = stagesBefore(graph, path, paths)
    const triesOf = ({ name }: Variant) =>
      stageTries(rows, { path, variant: name, reference: reference.name, before }) ?? []
    const ofReference = [triesOf(reference)].flat()[0]
    if (ofReference === undefined) return []
    const others = plain.filter((other) => other !== reference).flatMap(triesOf)
    return [adviseStage(stageOf(path), { compared, ofReference, others, margin })]
  })
  if (stages.length === 0) return null
  return {
    stages,
    costMicrosPer1000: sumOf(stages.map(({ costMicrosPer1000 }) => costMicrosPer1000)),
    nowMicrosPer1000: sumOf(stages.map(({ nowMicrosPer1000 }) => nowMicrosPer1000)),
  }
}

/** What is different from the chain as it is drawn. */
export function changedStages({ stages }: Recommendation): readonly StageAdvice[] {
  return stages.filter(({ now, tier, escalate }) => tier !== now || escalate !== null)
}

/** Writes a recommendation into the chain; one edit for each key, none for what is drawn so already. */
export function recommendationEdits(chain: Chain, recommendation: Recommendation): readonly ChainEdit[] {
  return recommendation.stages.flatMap(({ stage, now, tier, escalate }): readonly ChainEdit[] => {
    const placed = findStage(chain, stage)
    if (placed?.stage.kind !== 'model') return []
    const { path } = placed
    const set = (key: string, value: unknown): ChainEdit => ({ kind: 'set', path: [...path, key], value })
    return [
      ...(tier === now ? [] : [set('tier', tier)]),
      ...(escalate === null || escalate === placed.stage.escalate ? [] : [set('escalate', escalate)]),
      // Nobody climbs to where they stand.
      ...(escalate === null && placed.stage.escalate === tier ? [set('escalate', undefined)] : []),
    ]
  })
}

interface Candidate {
  readonly tries: StageTries
  readonly escalate: string | null
  readonly quality: Share
  readonly costMicrosPer1000: number
}

interface Around {
  readonly compared: Compared
  readonly ofReference: StageTries
  readonly others: readonly StageTries[]
  readonly margin: QualityMargin
}

function adviseStage(stage: string, { compared, ofReference, others, margin }: Around): StageAdvice {
  const now = compared.drawnTier(stage)
  const ofNow = [ofReference, ...others].find(({ tier }) => tier === now)
  const nowMicrosPer1000 = ofNow?.costMicrosPer1000 ?? null
  const different = others.filter(({ tier }) => tier !== ofReference.tier)
  const candidates = different
    .flatMap((tries) => candidatesOf(tries, ofReference))
    .toSorted((a, b) => a.costMicrosPer1000 - b.costMicrosPer1000)
  const found = candidates.find(({ quality }) => judgeQuality(quality, 1, margin) === 'goodEnough')
  if (found !== undefined) {
    const { tries, escalate, quality, costMicrosPer1000 } = found
    const why = whyCheaper(found, ofReference)
    return { stage, now, tier: tries.tier, escalate, quality, costMicrosPer1000, nowMicrosPer1000, why }
  }
  const { tier, costMicrosPer1000 } = ofReference
  const why = whyReference({ ofReference, different, candidates, margin })
  return { stage, now, tier, escalate: null, quality: null, costMicrosPer1000, nowMicrosPer1000, why }
}

function candidatesOf(tries: StageTries, ofReference: StageTries): readonly Candidate[] {
  const { costMicrosPer1000, held, agreeing, unfit } = tries
  const dear = ofReference.costMicrosPer1000
  if (costMicrosPer1000 === null || dear === null || costMicrosPer1000 >= dear) return []
  const alone = shareOf(agreeing, held)
  if (alone === null) return []
  const climbing = costMicrosPer1000 + (unfit / held) * dear
  if (unfit === 0 || climbing >= dear) return [{ tries, escalate: null, quality: alone, costMicrosPer1000 }]
  // What fails its checks is answered by the reference's tier itself.
  const quality = shareOf(agreeing + unfit, held) ?? alone
  return [{ tries, escalate: ofReference.tier, quality, costMicrosPer1000: climbing }]
}

function whyCheaper({ tries, escalate, quality }: Candidate, { tier }: StageTries): string {
  const { agreeing, held, unfit } = tries
  if (escalate === null)
    return `${countOf(quality)} ${agreeing === 1 ? 'agrees' : 'agree'} with ${tier}; ${doubtOf(quality)}.`
  const goes = unfit === 1 ? 'the one that fails its checks goes' : `the ${unfit} that fail their checks go`
  return `${agreeing} of ${held} ${agreeing === 1 ? 'agrees' : 'agree'} with ${tier}, and ${goes} to ${escalate}; ${doubtOf(quality)}.`
}

function whyReference(around: {
  readonly ofReference: StageTries
  readonly different: readonly StageTries[]
  readonly candidates: readonly Candidate[]
  readonly margin: QualityMargin
}): string {
  const { ofReference, different, candidates, margin } = around
  const { tier, isText } = ofReference
  const [nearest] = candidates.toSorted((a, b) => b.quality.share - a.quality.share)
  if (nearest !== undefined) {
    const { quality, tries } = nearest
    const words = `${countOf(quality)} answers of ${tries.tier} ${quality.count === 1 ? 'agrees' : 'agree'} with ${tier}`
    if (judgeQuality(quality, 1, margin) === 'tooFew')
      return `${words}, but so few prove little (${doubtOf(quality)}): compare more items.`
    const text = ' They hold free text, hardly ever the same word for word: judge them yourself, side by side.'
    return `Only ${words}.${isText ? text : ''}`
  }
  const unknown = [...different, ofReference].filter(({ costMicrosPer1000 }) => costMicrosPer1000 === null)
  if (unknown.length > 0)
    return `What ${[...new Set(unknown.map((one) => one.tier))].join(' and ')} costs is not known, so nothing can be called cheaper.`
  if (different.some(({ held, unlike }) => held === 0 && unlike > 0))
    return 'What it builds on differed in every item, so its answers cannot be held against each other: compare this stage alone.'
  return `Nothing cheaper than ${tier} was compared.`
}

/** Paths of the model stages of the chain itself that the reference went through, in the order of the chain. */
function stagePaths({ chain, rows }: Compared, reference: string): readonly string[] {
  const cells = rows.flatMap((row) => row.cells.filter((cell) => cell?.variant === reference))
  const reached = new Set(cells.flatMap((cell) => Object.keys(cell?.tries[0].stages ?? {})))
  return allStages(chain).flatMap(({ id, stage }) =>
    stage.kind === 'model' ? [...reached].filter((path) => stageOf(path) === id && !isOfOtherChain(chain, path)) : [],
  )
}

function isOfOtherChain({ stages }: Chain, path: string): boolean {
  const [top = path] = path.split('/')
  return stages[top]?.kind === 'chain'
}

function stageOf(path: string): string {
  return path.split('/').at(-1) ?? path
}

function sumOf(costs: readonly (number | null)[]): number | null {
  return costs.reduce((sum, cost) => (sum === null || cost === null ? null : sum + cost), 0)
}
