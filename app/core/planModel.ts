import type { JsonObject } from '../../shared/json.ts'
import { expressionReferences } from '../../shared/references.ts'
import { DEFAULT_TIER, type ModelStage } from '../../shared/stages.ts'
import { parseTemplate } from '../../shared/template.ts'
import type { ChainUses } from './chainUses.ts'
import { compileValue } from './expression.ts'
import { knowledgeText } from './knowledgeText.ts'
import type { AttemptPolicy } from './nextAttempt.ts'
import { type CheckOutput, compileSchema } from './outputSchema.ts'
import type { PlannedModelStage, PlannedPack } from './plan.ts'
import type { StageContext } from './planContext.ts'
import { resolveWorker } from './resolveWorker.ts'

export const DEFAULT_TIMEOUT_MS = 120_000
const DEFAULT_ATTEMPTS = 6
const DEFAULT_BACKOFF_MS = 1000
/** Each cut leaves seven tenths: four leave a quarter of a question whose limit nobody told us. */
const MAX_CUTS = 4

/** What is a model stage's own, without the keys that every stage has. */
export function planModel(
  written: ModelStage,
  context: StageContext,
): Omit<PlannedModelStage, 'id' | 'column' | 'dependsOn' | 'when' | 'onError'> {
  const { id, path, changes, uses } = context
  const stage = withWorker(written, context)
  const override = changes.stages[id] ?? {}
  const place = path.join('.')
  const optional = (key: 'instructions' | 'prompt' | 'input' | 'images') => {
    const value = stage[key]
    return value === undefined ? null : compileValue(value, `${place}.${key}`)
  }
  const escalate = override.escalate === undefined ? (stage.escalate ?? null) : override.escalate
  const temperature = override.temperature ?? stage.temperature
  return {
    kind: 'model',
    tier: override.tier ?? changes.tiers[id] ?? stage.tier ?? DEFAULT_TIER,
    model: override.model ?? null,
    escalate,
    instructions: optional('instructions'),
    knowledge: readKnowledge(stage, uses),
    keepInstructions: stage.instructions === undefined || isConstant(stage.instructions),
    input: optional('input'),
    checkInput: checker(stage.inputSchema, 'inputSchema', context),
    prompt: optional('prompt'),
    promptText: stage.prompt ?? null,
    promptSeesInput: written.prompt === undefined,
    images: optional('images'),
    schema: stage.output ?? null,
    check: checker(stage.output, 'output', context),
    maxTokens: override.maxTokens ?? stage.maxTokens ?? null,
    maxInputTokens: stage.maxInputTokens ?? null,
    tooLong: override.tooLong ?? stage.tooLong ?? 'fail',
    parameters: {
      ...(temperature === undefined ? {} : { temperature }),
      ...stage.parameters,
      ...override.parameters,
    },
    pack: planPack(stage, place),
    timeoutMs: 1000 * (override.timeout ?? stage.timeout ?? DEFAULT_TIMEOUT_MS / 1000),
    policy: {
      ...retryPolicy(stage),
      repairs: override.repair ?? stage.repair ?? 1,
      escalates: escalate !== null,
      cuts: (override.tooLong ?? stage.tooLong) === 'truncate' ? MAX_CUTS : 0,
    },
  }
}

/** Whether a text is the same for every item: its expressions, if any, name nothing. */
function isConstant(text: string): boolean {
  return parseTemplate(text).template.parts.every(
    (part) => part.kind === 'text' || expressionReferences(part.source).length === 0,
  )
}

export function retryPolicy({ retry }: Pick<ModelStage, 'retry'>): Pick<AttemptPolicy, 'attempts' | 'backoffMs'> {
  return {
    attempts: retry?.attempts ?? DEFAULT_ATTEMPTS,
    backoffMs: retry?.backoff === undefined ? DEFAULT_BACKOFF_MS : retry.backoff * 1000,
  }
}

function withWorker(stage: ModelStage, { path, uses, problems }: StageContext): ModelStage {
  if (stage.worker === undefined) return stage
  const worker = uses.workers.get(stage.worker)
  if (worker !== undefined) return resolveWorker(stage, worker)
  problems.push({
    path: [...path, 'worker'],
    message: `There is no worker \`${stage.worker}\`: it would be workers/${stage.worker}.yaml.`,
  })
  return stage
}

function readKnowledge({ knowledge }: ModelStage, uses: ChainUses): string | null {
  if (knowledge === undefined || knowledge.length === 0) return null
  return knowledge.map((entry) => knowledgeText({ ...entry, text: uses.knowledge.get(entry.file) ?? '' })).join('\n\n')
}

/** null: there is no schema, or none that can be read (a problem then). */
function checker(
  schema: JsonObject | undefined,
  key: 'output' | 'inputSchema',
  { path, problems }: StageContext,
): CheckOutput | null {
  if (schema === undefined) return null
  const compiled = compileSchema(schema, key === 'inputSchema' ? 'the input' : undefined)
  if (compiled.ok) return compiled.check
  problems.push({ path: [...path, key], message: `This is not a JSON Schema: ${compiled.message}.` })
  return null
}

function planPack({ pack }: ModelStage, place: string): PlannedPack | null {
  if (pack === undefined || pack.size === 1) return null
  return {
    size: pack.size,
    maxInputTokens: pack.maxInputTokens ?? null,
    withinMs: pack.within === undefined ? null : pack.within * 1000,
    groupBy: pack.groupBy === undefined ? null : compileValue(asExpression(pack.groupBy), `${place}.pack.groupBy`),
  }
}

/** A key may be written bare: `item.language`. */
export function asExpression(text: string): string {
  return text.includes('{{') ? text : `{{ ${text} }}`
}
