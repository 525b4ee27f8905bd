import type { Chain } from '../../shared/chain.ts'
import { DEFAULT_TIER, type ModelStage, type Stage } from '../../shared/stages.ts'
import { chainGraph } from '../../shared/graph.ts'
import type { Json, JsonObject } from '../../shared/json.ts'
import type { RunStage } from '../../shared/run.ts'
import { type CompiledValue, compileCondition, compileValue } from './expression.ts'
import type { AttemptPolicy } from './nextAttempt.ts'
import { type CheckOutput, compileSchema } from './outputSchema.ts'

/** A chain made ready to be run on many items: expressions and schemas compiled, stages in order. */
export interface Plan {
  /** Each behind all that it depends on; `index` into this list is the stage's column in a run's cells. */
  readonly stages: readonly PlannedStage[]
  readonly output: CompiledValue
  readonly params: { readonly [name: string]: Json }
}

interface PlannedCommon {
  readonly id: string
  readonly column: number
  /** Columns of the stages it waits for. */
  readonly dependsOn: readonly number[]
  readonly when: CompiledValue | null
  readonly onError: NonNullable<Stage['onError']>
}

export interface PlannedModelStage extends PlannedCommon {
  readonly kind: 'model'
  readonly tier: string
  readonly instructions: CompiledValue | null
  readonly input: CompiledValue | null
  readonly prompt: CompiledValue | null
  readonly schema: JsonObject | null
  readonly check: CheckOutput | null
  readonly maxTokens: number | null
  readonly parameters: { readonly [name: string]: Json }
  readonly timeoutMs: number
  readonly policy: AttemptPolicy
}

export interface PlannedTransformStage extends PlannedCommon {
  readonly kind: 'transform'
  readonly value: CompiledValue
}

export type PlannedStage = PlannedModelStage | PlannedTransformStage

export interface PlanChanges {
  readonly params: { readonly [name: string]: Json }
  /** Stage id → tier. */
  readonly tiers: { readonly [stage: string]: string }
}

/** What keeps a readable chain from being run: a schema that is none, a launch that names what is not there. */
export interface PlanProblem {
  readonly path: readonly (string | number)[]
  readonly message: string
}

export type Planned =
  | { readonly ok: true; readonly plan: Plan }
  | { readonly ok: false; readonly problems: readonly PlanProblem[] }

const DEFAULT_TIMEOUT_MS = 120_000
const DEFAULT_ATTEMPTS = 3
const DEFAULT_BACKOFF_MS = 1000

/** The chain must have passed shared/chainDocument.ts without errors. */
export function planChain(chain: Chain, changes: PlanChanges): Planned {
  const graph = chainGraph(chain)
  const problems: PlanProblem[] = []
  const columns = new Map(graph.order.map((id, column) => [id, column]))
  const stages = graph.order.map((id, column) => {
    const dependsOn = (graph.dependencies.get(id) ?? []).map((other) => columns.get(other) ?? 0)
    return planStage(chain.stages[id] as Stage, { id, column, dependsOn, changes, problems })
  })
  for (const id of Object.keys(changes.tiers))
    if (chain.stages[id]?.kind !== 'model')
      problems.push({ path: ['stages', id], message: `There is no model stage \`${id}\` to give another tier.` })
  for (const name of Object.keys(changes.params))
    if (chain.params === undefined || !(name in chain.params))
      problems.push({
        path: ['params', name],
        message: `The chain has no param \`${name}\`${chain.params === undefined ? '' : `; it has: ${Object.keys(chain.params).join(', ')}`}.`,
      })
  if (problems.length > 0) return { ok: false, problems }
  const lastOutputs: Json = Object.fromEntries(graph.last.map((id) => [id, `{{ ${id} }}`]))
  const output = chain.output ?? lastOutputs
  return {
    ok: true,
    plan: { stages, output: compileValue(output, 'output'), params: { ...chain.params, ...changes.params } },
  }
}

interface StageContext {
  readonly id: string
  readonly column: number
  readonly dependsOn: readonly number[]
  readonly changes: PlanChanges
  readonly problems: PlanProblem[]
}

function planStage(stage: Stage, context: StageContext): PlannedStage {
  const { id, column, dependsOn } = context
  const place = `stages.${id}`
  const when = stage.when === undefined ? null : compileCondition(stage.when, `${place}.when`)
  const common = { id, column, dependsOn, when, onError: stage.onError ?? 'fail' } as const
  switch (stage.kind) {
    case 'transform':
      return { ...common, kind: 'transform', value: compileValue(stage.value, `${place}.value`) }
    case 'model':
      return { ...common, ...planModel(stage, context) }
  }
}

function planModel(
  stage: ModelStage,
  { id, changes, problems }: StageContext,
): Omit<PlannedModelStage, keyof PlannedCommon> {
  const place = `stages.${id}`
  const compiled = stage.output === undefined ? null : compileSchema(stage.output)
  if (compiled !== null && !compiled.ok)
    problems.push({ path: ['stages', id, 'output'], message: `This is not a JSON Schema: ${compiled.message}.` })
  const optional = (key: 'instructions' | 'prompt' | 'input') => {
    const value = stage[key]
    return value === undefined ? null : compileValue(value, `${place}.${key}`)
  }
  return {
    kind: 'model',
    tier: changes.tiers[id] ?? stage.tier ?? DEFAULT_TIER,
    instructions: optional('instructions'),
    input: optional('input'),
    prompt: optional('prompt'),
    schema: stage.output ?? null,
    check: compiled?.ok === true ? compiled.check : null,
    maxTokens: stage.maxTokens ?? null,
    parameters: { ...(stage.temperature === undefined ? {} : { temperature: stage.temperature }), ...stage.parameters },
    timeoutMs: stage.timeout === undefined ? DEFAULT_TIMEOUT_MS : stage.timeout * 1000,
    policy: {
      attempts: stage.retry?.attempts ?? DEFAULT_ATTEMPTS,
      backoffMs: stage.retry?.backoff === undefined ? DEFAULT_BACKOFF_MS : stage.retry.backoff * 1000,
      repairs: stage.repair ?? 1,
    },
  }
}

/** The stages as summaries and grids list them. */
export function runStages(plan: Plan): readonly RunStage[] {
  return plan.stages.map((stage) => ({
    id: stage.id,
    kind: stage.kind,
    tier: stage.kind === 'model' ? stage.tier : null,
  }))
}
