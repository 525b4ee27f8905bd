import type { Json, JsonObject } from '../../shared/json.ts'
import type { StageOverride } from '../../shared/run.ts'
import type { ChunkStage, FetchStage, Knowledge, MapStage, ModelStage, Stage } from '../../shared/stages.ts'
import type { YamlPath } from '../../shared/yamlProblems.ts'
import type { CompiledValue } from './expression.ts'
import type { AttemptPolicy } from './nextAttempt.ts'
import type { CheckOutput } from './outputSchema.ts'

/** A chain made ready to be run on many items: expressions and schemas compiled, stages in order. */
export interface Plan {
  /** At least one; each but the last ends with a gather. */
  readonly lanes: readonly PlannedLane[]
  readonly params: { readonly [name: string]: Json }
}

/** What runs once for each item of a lane. */
export interface PlannedLane extends StageList {
  /** The gather whose groups run through it; null: the source's items. */
  readonly begins: PlannedGather | null
  /** The gather that takes its items on; its column is the one behind those of `stages`. null: it is the last lane. */
  readonly ends: PlannedGather | null
}

/** Stages that run side by side on one item, element or group. */
export interface StageList {
  /** Each behind all that it depends on; `column` is its place in this list. */
  readonly stages: readonly PlannedStage[]
  /** What they give together. Of a lane that a gather ends: never asked for. */
  readonly output: CompiledValue
}

interface PlannedCommon {
  readonly id: string
  readonly column: number
  /** Columns of the stages of the same list that it waits for. */
  readonly dependsOn: readonly number[]
  readonly when: CompiledValue | null
  readonly onError: NonNullable<Stage['onError']>
}

export interface PlannedModelStage extends PlannedCommon {
  readonly kind: 'model'
  readonly tier: string
  /** Another model of the tier's backend, for one launch; null: the tier's own. */
  readonly model: string | null
  /** The tier that is asked when the answer stays invalid; null: none. */
  readonly escalate: string | null
  readonly instructions: CompiledValue | null
  /** What stands before the instructions, the same for every item; null: nothing. */
  readonly knowledge: string | null
  /** The instructions hold no expression: they are the same for every item. */
  readonly keepInstructions: boolean
  readonly input: CompiledValue | null
  /** Of the input, before any call; null: anything goes. */
  readonly checkInput: CheckOutput | null
  readonly prompt: CompiledValue | null
  /** The prompt as it is written, for cutting one that is too long; null: there is none. */
  readonly promptText: string | null
  /** The prompt, if there is one, is the worker's own: `input` in it is the stage's input, without one the item. */
  readonly promptSeesInput: boolean
  readonly images: CompiledValue | null
  readonly schema: JsonObject | null
  readonly check: CheckOutput | null
  readonly maxTokens: number | null
  readonly maxInputTokens: number | null
  readonly tooLong: NonNullable<ModelStage['tooLong']>
  readonly parameters: { readonly [name: string]: Json }
  readonly pack: PlannedPack | null
  readonly timeoutMs: number
  readonly policy: AttemptPolicy
}

export interface PlannedPack {
  readonly size: number
  readonly maxInputTokens: number | null
  readonly withinMs: number | null
  readonly groupBy: CompiledValue | null
}

export interface PlannedTransformStage extends PlannedCommon {
  readonly kind: 'transform'
  readonly value: CompiledValue
}

export interface PlannedChunkStage extends PlannedCommon {
  readonly kind: 'chunk'
  readonly text: CompiledValue
  readonly by: ChunkStage['by']
  readonly size: number
  readonly overlap: number
}

export interface PlannedMapStage extends PlannedCommon {
  readonly kind: 'map'
  /** Gives a list, or fails. */
  readonly over: CompiledValue
  readonly as: string
  readonly inner: StageList
  readonly isSequential: boolean
  readonly concurrency: number | 'unbounded'
  /** What a failed element does; what the failed stage then does to its item is `onError`. */
  readonly onElementError: NonNullable<MapStage['onError']>
}

export interface PlannedFetchStage extends PlannedCommon {
  readonly kind: 'fetch'
  readonly url: CompiledValue
  readonly method: NonNullable<FetchStage['method']>
  readonly headers: CompiledValue | null
  readonly body: CompiledValue | null
  readonly maxBytes: number
  readonly timeoutMs: number
  readonly policy: AttemptPolicy
}

export interface PlannedChainStage extends PlannedCommon {
  readonly kind: 'chain'
  readonly file: string
  readonly name: string
  /** null: the item as it is. */
  readonly item: CompiledValue | null
  /** What the stage gives of the params; laid over `defaults`. */
  readonly params: CompiledValue | null
  readonly defaults: { readonly [name: string]: Json }
  readonly inner: StageList
}

export type PlannedStage =
  | PlannedModelStage
  | PlannedTransformStage
  | PlannedChunkStage
  | PlannedMapStage
  | PlannedFetchStage
  | PlannedChainStage

export interface PlannedGather {
  readonly id: string
  /** Its column in the lane that it ends. */
  readonly column: number
  readonly size: number | null
  readonly withinMs: number | null
  readonly key: CompiledValue | null
  readonly where: CompiledValue | null
  readonly value: CompiledValue | null
  readonly correlate: PlannedCorrelate | null
}

export interface PlannedCorrelate {
  /** Source name → its key. */
  readonly by: ReadonlyMap<string, CompiledValue>
  readonly of: readonly string[]
  readonly withinMs: number | null
}

/** How a launch differs from the chain. */
export interface PlanChanges {
  readonly params: { readonly [name: string]: Json }
  /** Stage id → tier. */
  readonly tiers: { readonly [stage: string]: string }
  readonly stages: { readonly [stage: string]: StageOverride }
}

/** What keeps a readable chain from being run: a schema that is none, a launch that names what is not there. */
export interface PlanProblem {
  readonly path: YamlPath
  readonly message: string
}

export type Planned =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly problems: readonly PlanProblem[] }

/** A knowledge file as it was read at the launch. */
export interface KnowledgeText extends Knowledge {
  readonly text: string
}

/** Every model stage of a plan, those inside maps and used chains too. */
export function modelStages(plan: Plan): readonly PlannedModelStage[] {
  return plan.lanes.flatMap((lane) => stagesWithin(lane)).filter((stage) => stage.kind === 'model')
}

/** The stages of a list and all that they hold. */
export function stagesWithin(list: StageList): readonly PlannedStage[] {
  return list.stages.flatMap((stage) =>
    stage.kind === 'map' || stage.kind === 'chain' ? [stage, ...stagesWithin(stage.inner)] : [stage],
  )
}
