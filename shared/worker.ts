import { z } from 'zod'
import { json } from './json.ts'
import { taskKeys } from './stages.ts'

/** A reusable definition of one model task, in the words of a model stage (shared/stages.ts). */
const worker = z.strictObject({
  name: z.string().min(1),
  description: z.string().optional(),
  ...taskKeys,
})
export type Worker = z.infer<typeof worker>

const seconds = z.number().positive()
const tokens = z.number().int().positive()
const jsonSchema = z.record(z.string(), json)

/**
 * A worker file as it is written: the keys of Heddle's worker files, and beside them those keys of a model stage that
 * have no counterpart there, in our own spelling. Key order here is the order in a new file. What else such a file may
 * hold, read or refused, is in workerKeys.ts.
 */
export const workerFile = z.looseObject({
  name: z.string().min(1).describe('What it is called. Chains name it by its file.'),
  description: z.string().optional().describe('What it does, for people.'),
  worker_kind: z.literal('llm').optional().describe('Only llm. Default llm.'),
  system_prompt: z
    .string()
    .min(1)
    .describe('The instructions, sent as they stand: expressions in them are not worked out.'),
  prompt: taskKeys.prompt,
  input_schema: jsonSchema.optional().describe(taskKeys.inputSchema.description ?? ''),
  output_schema: jsonSchema.optional().describe(taskKeys.output.description ?? ''),
  default_model_tier: taskKeys.tier,
  default_tier: taskKeys.tier,
  max_input_tokens: tokens.optional().describe(taskKeys.maxInputTokens.description ?? ''),
  max_output_tokens: tokens.optional().describe(taskKeys.maxTokens.description ?? ''),
  timeout_seconds: seconds.optional().describe(taskKeys.timeout.description ?? ''),
  temperature: taskKeys.temperature,
  parameters: taskKeys.parameters,
  knowledge_sources: z
    .array(
      z.looseObject({
        path: z.string().min(1).describe("A text file, from the workspace's root."),
        inject_as: z.enum(['reference', 'few_shot']).optional().describe('Default reference.'),
      }),
    )
    .optional()
    .describe('Files put before the instructions.'),
  knowledge_silos: z
    .array(z.looseObject({ name: z.string().optional(), type: z.string() }))
    .optional()
    .describe('Folders of text files put before the instructions.'),
  tooLong: taskKeys.tooLong,
  repair: taskKeys.repair,
  escalate: taskKeys.escalate,
  reset_after_task: z.literal(true).optional().describe('Always so: nothing is kept between two items.'),
})
export type WorkerFile = z.infer<typeof workerFile>

export const WORKERS_FOLDER = 'workers'
export const WORKER_ENDINGS = ['.yaml', '.yml'] as const

/** Where the worker that a chain calls `name` may stand, from the workspace's root; the first that is there counts. */
export function workerFilesOf(name: string): readonly string[] {
  return WORKER_ENDINGS.map((ending) => `${WORKERS_FOLDER}/${name}${ending}`)
}

/** The name by which chains call a worker: `workers/legal/clauses.yaml` → `legal/clauses`. */
export function workerNameOf(file: string): string {
  return file.replace(new RegExp(`^${WORKERS_FOLDER}/`), '').replace(/[.]ya?ml$/, '')
}
