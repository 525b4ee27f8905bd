import { z } from 'zod'
import { json } from './json.ts'

export const stageId = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'A stage id starts with a letter and holds letters, digits and _ only.')

const seconds = z.number().positive()

const retry = z.strictObject({
  attempts: z
    .number()
    .int()
    .min(1)
    .optional()
    .describe(
      'Calls at the most for one item where asking again may help (5xx, timeouts, broken connections), the first included. Default 5.',
    ),
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

export const knowledge = z.strictObject({
  file: z.string().min(1).describe("A text file, from the workspace's root, put before the instructions."),
  as: z
    .enum(['reference', 'examples'])
    .optional()
    .describe('`reference` (default): to be consulted. `examples`: worked examples; YAML or JSON of {input, output}.'),
})
export type Knowledge = z.infer<typeof knowledge>

const pack = z.strictObject({
  size: z.number().int().min(1).max(200).describe('Items in one call at the most. 1 is the ordinary prompt.'),
  maxInputTokens: z.number().int().positive().optional().describe('A call is sealed before it grows beyond this.'),
  within: seconds.optional().describe('Seconds a call waits for more items at the most.'),
  groupBy: z.string().optional().describe('An expression; items with different values never share a call.'),
})

/** What a worker file and a model stage have in common. */
export const taskKeys = {
  tier: z
    .string()
    .min(1)
    .optional()
    .describe('local, standard, frontier or a tier of jacquard.yaml. Default standard.'),
  instructions: z.string().optional().describe('The system prompt.'),
  prompt: z.string().optional().describe("The user message. Without one, the stage's input as JSON."),
  inputSchema: jsonSchema.optional().describe('JSON Schema that the input must fit before any call is made.'),
  output: jsonSchema.optional().describe('JSON Schema (2020-12) of the answer. Without one the answer is text.'),
  maxTokens: z.number().int().positive().optional().describe('Most tokens the answer may have.'),
  maxInputTokens: z
    .number()
    .int()
    .positive()
    .optional()
    .describe("Most tokens a call may send. Without it, what the model's context holds, where that is known."),
  temperature: z.number().min(0).max(2).optional().describe('Sent only where it is set: newer models refuse it.'),
  parameters: z
    .record(z.string(), json)
    .optional()
    .describe("Other options of the provider's own call, passed on as they are."),
  knowledge: z.array(knowledge).optional().describe('Files that every call of this stage gets to know.'),
  tooLong: z
    .enum(['fail', 'truncate', 'split'])
    .optional()
    .describe(
      'Where the input is too long: fail (default), cut the longest value, or ask part by part and combine the answers.',
    ),
  repair: z
    .number()
    .int()
    .min(0)
    .max(5)
    .optional()
    .describe(
      'How often an invalid answer is asked for again with the validation errors. Default 1. Then it is asked afresh once, unless this is 0 or a better tier is named.',
    ),
  escalate: z.string().min(1).optional().describe('The tier that is asked when the answer stays invalid.'),
  timeout: seconds.optional().describe('Seconds one call may take. Default 120.'),
} as const

const modelStage = common.extend({
  kind: z.literal('model'),
  worker: z.string().min(1).optional().describe('A file of workers/, by name; keys given here override its own.'),
  ...taskKeys,
  input: json.optional().describe('Any value holding expressions; what the stage is about.'),
  images: json
    .optional()
    .describe("Paths of image files to show the model, from the source's folder or the workspace's root."),
  pack: pack.optional().describe('Many items in one call, each with its own answer.'),
})

const transformStage = common.extend({
  kind: z.literal('transform'),
  value: json.describe('Any value holding expressions; the stage gives that value.'),
})

export const CHUNK_BY = ['tokens', 'characters', 'paragraphs', 'headings', 'pages'] as const
const chunkStage = common.extend({
  kind: z.literal('chunk'),
  text: z.string().describe('The text to cut, as an expression.'),
  by: z.enum(CHUNK_BY).describe('What `size` and `overlap` count.'),
  size: z.number().int().positive().describe('Of one chunk, in units of `by`.'),
  overlap: z.number().int().nonnegative().optional().describe('Units repeated from the chunk before. Default 0.'),
})

const mapKeys = common.extend({
  kind: z.literal('map'),
  over: json.describe('The list, as an expression or written out.'),
  as: stageId.describe('The name of one element in the expressions of its stages.'),
  output: json.optional().describe("An element's result. Without it, every last stage's output by name."),
  mode: z.enum(['parallel', 'sequential']).optional().describe('Default parallel.'),
  concurrency: z
    .union([z.number().int().positive(), z.literal('unbounded')])
    .optional()
    .describe('Elements in flight at the most. Default 8.'),
  onError: z
    .enum(['fail', 'skip', 'collect'])
    .optional()
    .describe(
      'A failed element: fails the stage (default), is left out of the list, or stands in it as {error: {kind, message, stage}}.',
    ),
})

/** Written out, for a type cannot be read from a schema that holds itself. */
export type MapStage = z.infer<typeof mapKeys> & { stages: { [id: string]: Stage } }
const mapStage = mapKeys.extend({
  get stages(): z.ZodType<{ [id: string]: Stage }> {
    return z.record(stageId, stage)
  },
})

const correlate = z.strictObject({
  by: z
    .union([z.string(), z.record(z.string(), z.string())])
    .describe('The key that belongs together: one expression, or one for each source by name.'),
  of: z.array(z.string()).min(2).describe('Names of the sources; one item of each makes a whole.'),
  within: seconds.optional().describe('Seconds a part waits for the others at the most.'),
})

const gatherStage = common.extend({
  kind: z.literal('gather'),
  size: z.number().int().positive().optional().describe('A group is released when it has so many members.'),
  within: seconds.optional().describe('A group is released so many seconds after its first member.'),
  key: z.string().optional().describe('An expression; members of a group share its value.'),
  where: z.string().optional().describe('An expression; items for which it is not true are left out as filtered.'),
  value: json.optional().describe('What a member brings along. Default {item, …stages}.'),
  correlate: correlate.optional(),
})

const fetchStage = common.extend({
  kind: z.literal('fetch'),
  url: z.string().describe('http or https; may hold expressions.'),
  method: z.enum(['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']).optional().describe('Default GET.'),
  headers: z.record(z.string(), z.string()).optional(),
  body: json.optional().describe('Text as it is; anything else as JSON.'),
  maxBytes: z.number().int().positive().optional().describe('A longer answer is a failure. Default 5,000,000.'),
})

const chainStage = common.extend({
  kind: z.literal('chain'),
  file: z.string().min(1).describe("Another chain's file, from the workspace's root."),
  item: json.optional().describe('What that chain sees as `item`. Default the item itself.'),
  params: z.record(z.string(), json).optional().describe('Values for its params.'),
})

export type ModelStage = z.infer<typeof modelStage>
export type TransformStage = z.infer<typeof transformStage>
export type ChunkStage = z.infer<typeof chunkStage>
export type GatherStage = z.infer<typeof gatherStage>
export type FetchStage = z.infer<typeof fetchStage>
export type ChainStage = z.infer<typeof chainStage>
/** Further kinds are added here; the compiler then names every place that must know them. */
export type Stage = ModelStage | TransformStage | ChunkStage | MapStage | GatherStage | FetchStage | ChainStage

export const stage = z.discriminatedUnion('kind', [
  modelStage,
  transformStage,
  chunkStage,
  mapStage,
  gatherStage,
  fetchStage,
  chainStage,
])
export type StageKind = Stage['kind']
export const STAGE_KINDS = [
  'model',
  'transform',
  'chunk',
  'map',
  'gather',
  'fetch',
  'chain',
] as const satisfies readonly StageKind[]

/** The keys of each kind, in the order in which a new stage is written. */
export const STAGE_KEYS: { readonly [kind in StageKind]: readonly string[] } = {
  model: Object.keys(modelStage.shape),
  transform: Object.keys(transformStage.shape),
  chunk: Object.keys(chunkStage.shape),
  map: Object.keys(mapStage.shape),
  gather: Object.keys(gatherStage.shape),
  fetch: Object.keys(fetchStage.shape),
  chain: Object.keys(chainStage.shape),
}

export const DEFAULT_TIER = 'standard'
