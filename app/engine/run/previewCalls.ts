import type { Failure } from '../../../shared/failure.ts'
import type { RunPreview } from '../../../shared/runChange.ts'
import { NO_USAGE } from '../../../shared/usage.ts'
import type { Scope } from '../../core/expression.ts'
import { type PlannedLane, type PlannedModelStage, type StageList, stagesWithin } from '../../core/plan.ts'
import { estimateTokens } from '../../core/tokens.ts'
import type { ImageFiles } from '../../ports/imageFiles.ts'
import type { Models, TierModel } from '../../ports/models.ts'
import type { AnswerSize, AttemptRecord, RunStore } from '../../ports/runStore.ts'
import { inputLimit, tokensOver } from '../model/askFitting.ts'
import type { Memory } from '../model/memory.ts'
import type { StageOutcome } from '../model/modelCell.ts'
import { type RenderedQuestion, renderModelStage } from '../model/renderModelStage.ts'
import { stageImages } from '../model/stageImages.ts'
import type { StageEnd } from '../stages/itemEnd.ts'
import { runItem } from '../stages/runItem.ts'

interface Parts {
  readonly memory: Memory
  readonly store: RunStore
  readonly models: Models
  readonly images: ImageFiles
  readonly sourceFolder: string | null
  /** Answers of other runs are taken; else only those of this one. */
  readonly takesFromOthers: boolean
  readonly run: string | null
}

/** What the questions of one stage come to. */
interface Asked {
  calls: number
  remembered: number
  savedMicros: number
  inputTokens: number
}

/** Where nobody has asked anything yet: a question of some paragraphs, an answer of some sentences. */
const ROUGH_INPUT_TOKENS = 600
const ROUGH_TEXT_TOKENS = 250
const ROUGH_FIELD_TOKENS = 25

const TOO_LONG: Failure = { kind: 'too_long', raw: null, message: 'The input is too long.' }

/** Counts what items would ask for. */
export class PreviewCalls {
  readonly #parts: Parts
  readonly #asked = new Map<PlannedModelStage, Asked>()
  readonly #sizes: ReadonlyMap<string, AnswerSize>
  readonly #stages: readonly PlannedModelStage[]
  /** Questions that were come to: whoever asks the same later gets that answer. */
  readonly #questions = new Set<string>()
  #isExact = true

  /** `stages`: all that items may come to, of every plan by which some run. */
  constructor(stages: readonly PlannedModelStage[], parts: Parts) {
    this.#stages = stages
    this.#parts = parts
    this.#sizes = parts.store.recentSizes()
  }

  async item(plan: PlannedLane, scope: Scope, index: number): Promise<void> {
    const reached = new Set<string>()
    const unreached = (list: StageList, ends: readonly StageEnd[], prefix: string) => {
      for (const stage of list.stages)
        if (ends[stage.column]?.kind === 'suspended' && !isReached(reached, prefix + stage.id))
          this.#guess({ ...list, stages: [stage] })
    }
    const end = await runItem(plan, scope, {
      model: (stage, stageScope, path) => {
        reached.add(path)
        return this.#model(stage, stageScope, { path, index })
      },
      fetch: (_stage, _scope, path) => {
        reached.add(path)
        return Promise.resolve({ kind: 'suspended' })
      },
      ended: () => undefined,
      isSuspended: () => false,
      innerEnded: (path, _input, inner) => {
        reached.add(path)
        const list = innerList(plan, path)
        if (list !== null && inner.kind === 'suspended') unreached(list, inner.stages, `${path}/`)
      },
    })
    if (end.kind === 'suspended') unreached(plan, end.stages, '')
  }

  /** `share`: by how much what was looked at stands for all. */
  sum(all: {
    readonly items: number | null
    readonly share: number
    readonly isCut: boolean
    readonly later: ReadonlyMap<PlannedModelStage, number>
  }): RunPreview {
    let [calls, remembered, savedMicros, costMicros, unpriced] = [0, 0, 0, 0, 0]
    let simulated = true
    for (const stage of this.#stages) {
      const asked = this.#asked.get(stage) ?? { calls: 0, remembered: 0, savedMicros: 0, inputTokens: 0 }
      const later = all.later.get(stage) ?? 0
      const questions = asked.calls * all.share + later
      const made = Math.ceil(stage.pack === null ? questions : questions / stage.pack.size)
      const model = this.#modelOf(stage)
      simulated &&= model?.simulated ?? true
      calls += made
      remembered += Math.round(asked.remembered * all.share)
      savedMicros += Math.round(asked.savedMicros * all.share)
      const inputTokens = asked.inputTokens * all.share + later * this.#sizeOf(stage).inputTokens
      const outputTokens = questions * this.#sizeOf(stage).outputTokens
      if (questions === 0 || model === null) continue
      // As one call, a price that rises with its length would be that of a long one.
      const ofOne = model.costMicros({
        ...NO_USAGE,
        inputTokens: Math.round(inputTokens / questions),
        outputTokens: Math.round(outputTokens / questions),
      })
      if (ofOne === null) unpriced += made
      else costMicros += ofOne * questions
    }
    const isExact = this.#isExact && !all.isCut && all.later.size === 0
    const isUnknown = unpriced > 0 && costMicros === 0
    return {
      items: all.items,
      calls,
      remembered,
      costMicros: isUnknown ? null : Math.round(costMicros),
      isPricePartial: unpriced > 0,
      savedMicros,
      isExact,
      simulated,
    }
  }

  async #model(
    stage: PlannedModelStage,
    scope: Scope,
    at: { readonly path: string; readonly index: number },
  ): Promise<StageOutcome> {
    const rendered = await renderModelStage(stage, scope)
    if (!rendered.ok) return { kind: 'failed', failure: rendered.failure }
    const read = await stageImages(stage, scope, this.#parts)
    if (!read.ok) return { kind: 'failed', failure: read.failure }
    const asks = this.#asksOf(stage, { rendered, images: read.images.map(({ base64 }) => base64) })
    const known = this.#recall(stage, asks, at)
    const asked = this.#askedOf(stage)
    if (known?.outcome.status === 'succeeded') {
      asked.remembered++
      asked.savedMicros += known.run === this.#parts.run ? 0 : (known.costMicros ?? 0)
      return { kind: 'succeeded', output: known.outcome.output }
    }
    if (await this.#isTooLong(stage, rendered)) return { kind: 'failed', failure: TOO_LONG }
    if (this.#isAskedBefore(stage, asks)) {
      asked.remembered++
      return { kind: 'suspended' }
    }
    asked.calls++
    const ofPack = stage.pack?.size ?? 1
    asked.inputTokens +=
      estimateTokens(rendered.prompt) +
      (estimateTokens(rendered.instructions ?? '') + estimateTokens(JSON.stringify(stage.schema ?? ''))) / ofPack
    return { kind: 'suspended' }
  }

  #asksOf(
    stage: PlannedModelStage,
    { rendered, images }: { rendered: RenderedQuestion; images: readonly string[] },
  ): readonly string[] {
    const { memory, models } = this.#parts
    const own = this.#modelOf(stage)
    if (own === null) return []
    const { instructions, prompt } = rendered
    const ask = (targets: readonly { readonly model: TierModel }[], isShared: boolean) =>
      memory.ask({ stage, instructions, prompt, images, targets, isShared })
    const asks = [ask([{ model: own }], false)]
    if (stage.pack !== null) asks.unshift(ask([{ model: own }], true))
    const better = stage.escalate === null ? null : models.tier(stage.escalate)
    if (better?.ok === true) asks.push(ask([{ model: own }, { model: better.model }], false))
    return asks
  }

  #recall(
    stage: PlannedModelStage,
    asks: readonly string[],
    at: { readonly path: string; readonly index: number },
  ): AttemptRecord | null {
    const { memory, run, takesFromOthers } = this.#parts
    const cell = takesFromOthers ? null : { run: run ?? '', lane: 0, index: at.index, stage: at.path }
    return memory.recall(asks, stage.maxTokens ?? this.#modelOf(stage)?.maxTokens ?? null, cell)
  }

  /** Items of one shared call are asked for each, also where they are the same. */
  #isAskedBefore({ pack }: PlannedModelStage, [ask]: readonly string[]): boolean {
    if (pack !== null || ask === undefined || !this.#parts.takesFromOthers) return false
    const isKnown = this.#questions.has(ask)
    this.#questions.add(ask)
    return isKnown
  }

  /** It would fail before any call. What is cut or asked in parts is counted as one call. */
  async #isTooLong(stage: PlannedModelStage, rendered: RenderedQuestion): Promise<boolean> {
    const model = this.#modelOf(stage)
    const limit = model === null ? null : inputLimit(stage, model)
    if (limit === null || (await tokensOver(limit, stage, rendered)) === null) return false
    if (stage.tooLong === 'fail') return true
    this.#isExact = false
    return false
  }

  /** Stages that were not come to: each of their model stages is taken to ask once. */
  #guess(list: StageList): void {
    this.#isExact = false
    for (const stage of stagesWithin(list)) {
      if (stage.kind !== 'model') continue
      const asked = this.#askedOf(stage)
      asked.calls++
      asked.inputTokens += this.#sizeOf(stage).inputTokens
    }
  }

  #askedOf(stage: PlannedModelStage): Asked {
    const asked = this.#asked.get(stage) ?? { calls: 0, remembered: 0, savedMicros: 0, inputTokens: 0 }
    this.#asked.set(stage, asked)
    return asked
  }

  #modelOf(stage: PlannedModelStage): TierModel | null {
    const lookup = this.#parts.models.tier(stage.tier, stage.model ?? undefined)
    return lookup.ok ? lookup.model : null
  }

  /** What its questions and answers came to lately; where nobody knows, what is usual. */
  #sizeOf(stage: PlannedModelStage): AnswerSize {
    const model = this.#modelOf(stage)
    const known = this.#sizes.get(`${stage.id} ${model?.model ?? ''}`)
    if (known !== undefined) return known
    const fields = stage.schema === null ? 0 : JSON.stringify(stage.schema).split('"type"').length - 1
    const usual = fields === 0 ? ROUGH_TEXT_TOKENS : fields * ROUGH_FIELD_TOKENS
    const most = stage.maxTokens ?? model?.maxTokens ?? usual
    return { inputTokens: ROUGH_INPUT_TOKENS, outputTokens: Math.min(usual, most) }
  }
}

/**
 * Of lanes behind a gather: how many groups there will be is only known where they have a size. `waiting`: of each lane,
 * groups that are there and not done.
 */
export function expectedCalls(
  lanes: readonly PlannedLane[],
  { items, waiting }: { readonly items: number; readonly waiting: readonly number[] },
): ReadonlyMap<PlannedModelStage, number> {
  const counts = new Map<PlannedModelStage, number>()
  let groups = items
  for (const [index, lane] of lanes.entries()) {
    const made = lane.begins?.size == null ? Math.min(1, groups) : Math.ceil(groups / lane.begins.size)
    groups = made + (waiting[index] ?? 0)
    for (const stage of stagesWithin(lane)) if (stage.kind === 'model') counts.set(stage, groups)
  }
  return counts
}

/** It was asked, or something inside it was. */
function isReached(reached: ReadonlySet<string>, path: string): boolean {
  if (reached.has(path)) return true
  for (const known of reached) if (known.startsWith(`${path}/`)) return true
  return false
}

/** The stages that run inside a cell: an element of a map (`sections/3`), a used chain (`sub`). */
function innerList(list: StageList, path: string): StageList | null {
  let within: StageList = list
  for (const name of path.split('/')) {
    if (/^\d+$/.test(name)) continue
    const stage = within.stages.find(({ id }) => id === name)
    if (stage?.kind !== 'map' && stage?.kind !== 'chain') return null
    within = stage.inner
  }
  return within
}
