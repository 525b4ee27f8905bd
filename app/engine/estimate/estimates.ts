import { DEFAULT_CONCURRENCY } from '../../../shared/chain.ts'
import {
  type Estimate,
  type EstimateOffer,
  type EstimateOutcome,
  type EstimateProgress,
  type EstimateRequest,
  halfWidth,
  type MixEstimate,
  type PriceNote,
  type WhatIf,
} from '../../../shared/estimate.ts'
import type { Sample } from '../../../shared/sample.ts'
import type { Source } from '../../../shared/source.ts'
import type { TriedCell } from '../../../shared/triedCell.ts'
import { AS_DRAWN, type Variant, variantOfTier } from '../../../shared/variant.ts'
import { loadTokenizer } from '../../core/tokens.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Models } from '../../ports/models.ts'
import type { RecordStore } from '../../ports/recordStore.ts'
import type { RunStore } from '../../ports/runStore.ts'
import { type ItemSource, SourceBroken } from '../../ports/source.ts'
import type { UsedFiles } from '../../ports/usedFiles.ts'
import { launchSource, type Prepared, prepareRun } from '../run/prepareRun.ts'
import type { Outcome, RunManager } from '../run/runManager.ts'
import type { SampleRuns } from '../sample/sampleRuns.ts'
import { calibrationOf, chainOutcomes, keepEstimate } from './chainOutcomes.ts'
import { fixedTokensOf, packTokensOf } from './fixedTokens.ts'
import { type EstimatedMix, type EstimateGround, mixEstimate } from './mixEstimate.ts'
import { type ModelPath, modelPaths } from './modelPaths.ts'
import { observations } from './observations.ts'
import { SizeCache, type SourceSizes } from './readSizes.ts'
import { type ChosenItem, chooseItems, previewItems } from './sampledItems.ts'

interface Around {
  readonly runs: RunManager
  readonly sampleRuns: SampleRuns
  readonly store: RunStore
  readonly records: RecordStore
  readonly clock: Clock
  readonly files: UsedFiles
  models(): Models
  /** Those that can be called now. */
  readyTiers(): readonly string[]
  priceOf(tier: string): PriceNote['from']
  /** The day of the published price lists. */
  readonly pricesAsOf: string
  openSource(source: Source): Promise<ItemSource>
}

/** An estimate that can be asked what would be if. */
interface Kept {
  readonly ground: EstimateGround
  readonly tiers: Readonly<Record<string, string>>
}

interface During {
  readonly signal: AbortSignal
  /** The sample that is kept with the chain; null: none. */
  readonly kept: Sample | null
  onProgress(progress: EstimateProgress): void
}

/** Estimates that later questions may be about; older ones are made again. */
const MOST_KEPT = 6
/** So many more items are offered. */
const MORE_ITEMS = 8

/** What runs of chains over whole sources will cost and how long they take, from what a few items took. */
export class Estimates {
  readonly #around: Around
  readonly #sizes: SizeCache
  readonly #kept = new Map<string, Kept>()

  constructor(around: Around) {
    this.#around = around
    this.#sizes = new SizeCache(around.clock)
  }

  /** Rejects with the reason of `signal`. */
  async make(request: EstimateRequest, during: During): Promise<Outcome<Estimate>> {
    const { text, options } = request
    const { files } = this.#around
    const prepared = await prepareRun(text, options, { models: this.#around.models(), files })
    if (!prepared.ok) return refuseChain(prepared.problems.map(({ message }) => message))
    const source = launchSource(prepared.value.chain, options)
    if (source === null) return refuse('invalid', 'The chain has no source. Choose a folder or a file.')
    try {
      const opened = await this.#around.openSource(source)
      try {
        return await this.#make({ request, prepared: prepared.value, source, opened }, during)
      } finally {
        await opened.close()
      }
    } catch (error) {
      if (!(error instanceof SourceBroken)) throw error
      return refuse('files', error.message)
    }
  }

  outcomes(file: string): readonly EstimateOutcome[] {
    return chainOutcomes(this.#around, file)
  }

  /** Of an estimate that was made before; nothing is called. */
  async whatIf(id: string, whatIf: WhatIf): Promise<Outcome<MixEstimate>> {
    const kept = this.#kept.get(id)
    if (kept === undefined) return refuse('not_found', 'This estimate is not there any more: make it again.')
    const mix = { name: 'what-if', tiers: { ...kept.tiers, ...whatIf.tiers }, whatIf }
    return { ok: true, value: (await mixEstimate(kept.ground, mix, this.#around.models())).shown }
  }

  async #make({ request, prepared, source, opened }: Begun, during: During): Promise<Outcome<Estimate>> {
    const { signal } = during
    const { id, file } = request
    const sizes = await this.#sizes.read(source, opened, {
      signal,
      onProgress: (done, total) => during.onProgress({ id, phase: 'sizes', done, total }),
    })
    await loadTokenizer()
    const paths = modelPaths(prepared.plan)
    const placeOf = placesOf(sizes)
    const kept = request.options.source === undefined ? during.kept : null
    const chosen = await chooseItems({ source: opened, sizes, kept, size: request.sample, file, ...this.#around })
    const drawn: Variant = { name: AS_DRAWN, ...pick(request.options) }
    const asked = await this.#whatIsKnown({ request, drawn, chosen })
    const sampled = paths.length === 0 ? [] : request.mayAsk ? chosen : asked.known
    const variants = [
      drawn,
      ...asked.freeTiers,
      ...request.tiers.filter((tier) => tier !== AS_DRAWN).map(variantOfTier),
    ]
    const tried = await this.#try({ request, variants: distinct(variants), sampled }, during)
    if (!tried.ok) return tried
    signal.throwIfAborted()
    const cells = tried.value
    const useless = whyUseless(cells)
    if (useless !== null) return refuse('not_possible', useless)
    const ground: EstimateGround = {
      plan: prepared.plan,
      paths,
      tokens: sizes.tokens,
      limit: request.options.limit ?? null,
      concurrency: prepared.isSequential ? 1 : (request.options.concurrency ?? DEFAULT_CONCURRENCY),
      sampled: sampled.map(({ index }) => placeOf(index)),
      observations: observations(paths, cells, { tierOf: tierOf(variants), placeOf }),
      fixedTokens: await fixedTokensOf(paths),
      packTokens: packTokensOf(paths),
      recentSizes: this.#around.store.recentSizes(),
      calibrate: file === null ? NOTHING_KNOWN : this.#calibration(file),
    }
    const mixes = await this.#mixes(ground, request)
    const [asDrawn] = mixes
    if (asDrawn === undefined) throw new Error('The chain as it is drawn is always estimated.')
    this.#keep(id, { ground, tiers: {} })
    if (file !== null && sampled.length > 0)
      keepEstimate(this.#around, { file, id, items: asDrawn.shown.items + sizes.unreadable, mixes })
    const drawnCells = cells.filter(({ variant }) => variant === AS_DRAWN)
    return {
      ok: true,
      value: {
        id,
        items: asDrawn.shown.items,
        unreadable: sizes.unreadable,
        sourceTokens: { count: sum(sizes.tokens.subarray(0, asDrawn.shown.items)), isExact: sizes.isExact },
        sample: {
          items: sampled,
          reused: drawnCells.filter(({ remembered }) => remembered).length,
          failed: drawnCells.filter(({ status }) => status === 'failed').length,
        },
        mixes: mixes.map(({ shown }) => shown),
        more: sampled.length === 0 ? null : moreOffer(asDrawn.shown, sampled.length, sizes.tokens.length),
        first: sampled.length > 0 || paths.length === 0 ? null : asked.offer,
        prices: this.#prices(mixes),
        outcomes: file === null ? [] : chainOutcomes(this.#around, file),
      },
    }
  }

  /** Which of the items memory answers whole, what asking for all of them takes, and other tiers that it knows them on. */
  async #whatIsKnown({ request, drawn, chosen }: Asking) {
    const { runs } = this.#around
    const preview = (variant: Variant, items: readonly ChosenItem[]) =>
      previewItems({ runs, request, variant, items, models: this.#around.models() })
    const own = await preview(drawn, chosen)
    const known = chosen.filter((_, at) => own.items[at]?.calls === 0)
    const sampled = request.mayAsk ? chosen : known
    const freeTiers: Variant[] = []
    for (const tier of sampled.length === 0 ? [] : this.#around.readyTiers()) {
      if (request.tiers.includes(tier)) continue
      const variant = variantOfTier(tier)
      const found = await preview(variant, sampled)
      if (found.items.every(({ calls }) => calls === 0)) freeTiers.push(variant)
    }
    return { known, freeTiers, offer: { ...own.offer, items: chosen.length, halfWidth: null } }
  }

  async #try(
    {
      request,
      variants,
      sampled,
    }: { request: EstimateRequest; variants: readonly Variant[]; sampled: readonly ChosenItem[] },
    { signal, onProgress }: During,
  ): Promise<Outcome<readonly TriedCell[]>> {
    if (sampled.length === 0) return { ok: true, value: [] }
    const { id, text, file, options } = request
    const total = variants.length * sampled.length
    let done = 0
    onProgress({ id, phase: 'sample', done, total })
    const onCell = ({ status }: TriedCell) => {
      if (status === 'running') return
      done++
      onProgress({ id, phase: 'sample', done, total })
    }
    const { source, params } = options
    const given = { ...(source !== undefined && { source }), ...(params !== undefined && { params }) }
    return this.#around.sampleRuns.try(
      { text, file, ...given, items: sampled, variants, stage: null, repeats: 1, memory: true },
      { signal, onCell },
    )
  }

  async #mixes(ground: EstimateGround, { tiers }: EstimateRequest): Promise<readonly EstimatedMix[]> {
    const models = this.#around.models()
    const allOn = (tier: string) => Object.fromEntries(ground.paths.map(({ stage }) => [stage.id, tier]))
    const drawn = await mixEstimate(ground, { name: AS_DRAWN, tiers: {} }, models)
    const mixes = [drawn]
    const named = tiers.filter((tier) => tier !== AS_DRAWN)
    for (const tier of new Set([...named, ...this.#around.readyTiers()])) {
      const isDrawn = Object.values(drawn.shown.tiers).every((own) => own === tier)
      if (isDrawn && !named.includes(tier)) continue
      mixes.push(await mixEstimate(ground, { name: tier, tiers: allOn(tier), isAlone: true }, models))
    }
    return mixes
  }

  #calibration(file: string): EstimateGround['calibrate'] {
    chainOutcomes(this.#around, file)
    return calibrationOf(this.#around, file)
  }

  #prices(mixes: readonly EstimatedMix[]): readonly PriceNote[] {
    const used = new Map(mixes.flatMap(({ shown }) => shown.stages.map(({ tier, model }) => [tier, model] as const)))
    return [...used].map(([tier, model]) => {
      const from = this.#around.priceOf(tier)
      return { tier, model, from, asOf: from === 'list' ? this.#around.pricesAsOf : null }
    })
  }

  #keep(id: string, kept: Kept): void {
    this.#kept.delete(id)
    this.#kept.set(id, kept)
    for (const old of [...this.#kept.keys()].slice(0, -MOST_KEPT)) this.#kept.delete(old)
  }
}

interface Begun {
  readonly request: EstimateRequest
  readonly prepared: Prepared
  readonly source: Source
  readonly opened: ItemSource
}

interface Asking {
  readonly request: EstimateRequest
  readonly drawn: Variant
  readonly chosen: readonly ChosenItem[]
}

const NOTHING_KNOWN: EstimateGround['calibrate'] = { cost: (band) => band, duration: (band) => band }

function pick({ tiers, stages }: EstimateRequest['options']): Pick<Variant, 'tiers' | 'stages'> {
  return { ...(tiers !== undefined && { tiers }), ...(stages !== undefined && { stages }) }
}

function distinct(variants: readonly Variant[]): readonly Variant[] {
  return [...new Map(variants.map((variant) => [variant.name, variant])).values()]
}

/** The plan has what the chain as drawn and the launch ask; a variant of a tier asks that one everywhere. */
function tierOf(variants: readonly Variant[]): (variant: string, path: ModelPath) => string {
  return (name, { stage }) => variants.find((variant) => variant.name === name)?.tier ?? stage.tier
}

function placesOf({ indexes }: SourceSizes): (index: number) => number {
  const places = new Map([...indexes].map((index, place) => [index, place]))
  return (index) => places.get(index) ?? -1
}

/** Where no item of the sample was answered, its errors say why, and nothing can be told; null: some were. */
function whyUseless(cells: readonly TriedCell[]): string | null {
  const drawn = cells.filter(({ variant }) => variant === AS_DRAWN)
  const [first] = drawn
  if (first === undefined) return null
  const nobodyAnswered = drawn.every(({ status, usage }) => status === 'failed' && usage.inputTokens === 0)
  return nobodyAnswered ? `No item of the sample was answered. ${first.error?.message ?? ''}`.trim() : null
}

function moreOffer({ costMicros, durationMs, items }: MixEstimate, sampled: number, all: number): EstimateOffer | null {
  const more = Math.min(MORE_ITEMS, all - sampled)
  if (more <= 0 || items === 0) return null
  const rest = Math.max(0, 1 - (sampled + more) / all) / Math.max(1e-9, 1 - sampled / all)
  const narrower = Math.sqrt((sampled / (sampled + more)) * rest)
  return {
    items: more,
    costMicros: costMicros === null ? null : (costMicros.p50 / items) * more,
    durationMs: (durationMs.p50 / items) * more,
    halfWidth: costMicros === null ? null : halfWidth(costMicros) * narrower,
  }
}

function sum(values: Float64Array): number {
  return values.reduce((total, value) => total + value, 0)
}

function refuseChain(messages: readonly string[]): Outcome<never> {
  return refuse('invalid', messages.join(' '))
}

function refuse(kind: 'invalid' | 'not_found' | 'not_possible' | 'files', message: string): Outcome<never> {
  return { ok: false, error: { kind, message } }
}
