import { z } from 'zod'
import { json } from './json.ts'

/** The format version that this build reads and writes. */
export const CHAIN_FORMAT = 1

/** Names that expressions use for other things, so that no stage may take them. */
export const RESERVED_NAMES = ['item', 'params', 'run'] as const

const stageId = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'A stage id starts with a letter and holds letters, digits and _ only.')

const seconds = z.number().positive()

const retry = z.strictObject({
  attempts: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe('Calls at the most for one item, the first included. Default 3.'),
  backoff: seconds.optional().describe('Seconds before the second call; doubles each time, with jitter. Default 1.'),
})

const onError = z
  .union([z.enum(['fail', 'skip']), z.strictObject({ value: json })])
  .describe('What a failed stage does to its item: fail it (default), skip the stage, or go on with this value.')

/** Keys that every stage may have. */
const common = z.strictObject({
  note: z.string().optional().describe('For people; never sent.'),
  when: z.string().optional().describe('An expression; where it is false, null or empty the stage is skipped.'),
  after: z.array(z.string()).optional().describe('Stages that must be done first although no expression names them.'),
  timeout: seconds.optional().describe('Seconds one call may take. Default 120.'),
  retry: retry.optional(),
  onError: onError.optional(),
})

const jsonSchema = z.record(z.string(), json)

const modelStage = common.extend({
  kind: z.literal('model'),
  tier: z
    .string()
    .min(1)
    .optional()
    .describe('local, standard, frontier or a tier of jacquard.yaml. Default standard.'),
  instructions: z.string().optional().describe('The system prompt.'),
  prompt: z.string().optional().describe("The user message. Without one, the stage's input as JSON."),
  input: json.optional().describe('Any value holding expressions; what the stage is about.'),
  output: jsonSchema.optional().describe('JSON Schema (2020-12) of the answer. Without one the answer is text.'),
  maxTokens: z.number().int().positive().optional().describe('Most tokens the answer may have.'),
  temperature: z.number().min(0).max(2).optional().describe('Sent only where it is set: newer models refuse it.'),
  parameters: z.record(z.string(), json).optional().describe('Other sampling parameters, passed on as they are.'),
  repair: z
    .number()
    .int()
    .min(0)
    .max(5)
    .optional()
    .describe('How often an invalid answer is asked for again with the validation errors. Default 1.'),
})

const transformStage = common.extend({
  kind: z.literal('transform'),
  value: json.describe('Any value holding expressions; the stage gives that value.'),
})

/** Further kinds are added here; the compiler then names every place that must know them. */
export const stage = z.discriminatedUnion('kind', [modelStage, transformStage])
export type Stage = z.infer<typeof stage>
export type ModelStage = z.infer<typeof modelStage>
export type StageKind = Stage['kind']
export const STAGE_KINDS = ['model', 'transform'] as const satisfies readonly StageKind[]

const globs = z.array(z.string().min(1))
const folderSource = z.strictObject({
  folder: z.string().min(1).describe("A folder; from the workspace's root."),
  include: globs.optional().describe('Globs of the files to take. Default: every file that can be read.'),
  exclude: globs.optional(),
  recursive: z.boolean().optional().describe('Default true.'),
})
const csvSource = z.strictObject({
  csv: z.string().min(1),
  columns: z.array(z.string()).optional().describe('The columns to take; the first line names them all.'),
})
const jsonlSource = z.strictObject({ jsonl: z.string().min(1) })
const textSource = z.strictObject({
  text: z.union([z.string(), z.array(z.string())]).describe('One item, or one for each string in a list.'),
})
export const source = z.union([folderSource, csvSource, jsonlSource, textSource])
export type Source = z.infer<typeof source>
export type FolderSource = z.infer<typeof folderSource>
export type CsvSource = z.infer<typeof csvSource>
export type JsonlSource = z.infer<typeof jsonlSource>

export const SOURCE_KINDS = ['folder', 'csv', 'jsonl', 'text'] as const

export const sink = z.union([z.strictObject({ jsonl: z.string().min(1) }), z.strictObject({ csv: z.string().min(1) })])
export type Sink = z.infer<typeof sink>
export const SINK_KINDS = ['jsonl', 'csv'] as const

const position = z.strictObject({ x: z.number(), y: z.number() })
export type Position = z.infer<typeof position>

/** The document a person draws, as it stands in `NAME.chain.yaml`. Key order here is the order in a new file. */
export const chain = z.strictObject({
  jacquard: z.literal(CHAIN_FORMAT).describe('Format version.'),
  name: z.string().min(1).optional(),
  description: z.string().optional(),
  params: z.record(z.string(), json).optional().describe('Values that a launch may override: `{{ params.name }}`.'),
  source: source.optional().describe('Where the items come from; a launch may name another.'),
  stages: z.record(stageId, stage),
  output: json.optional().describe("An item's result. Without it, every last stage's output by name."),
  sink: sink.optional(),
  layout: z.record(z.string(), position).optional().describe('Positions on the canvas; never affects a run.'),
})
export type Chain = z.infer<typeof chain>

/** The one key of a source or a sink that names its kind. */
export function sourceKind(source: Source): (typeof SOURCE_KINDS)[number] {
  if ('folder' in source) return 'folder'
  if ('csv' in source) return 'csv'
  if ('jsonl' in source) return 'jsonl'
  return 'text'
}
export function sinkKind(sink: Sink): (typeof SINK_KINDS)[number] {
  return 'jsonl' in sink ? 'jsonl' : 'csv'
}

export const DEFAULT_TIER = 'standard'
export const DEFAULT_CONCURRENCY = 8
