import { z } from 'zod'
import { json } from './json.ts'
import { sink } from './sink.ts'
import { source } from './source.ts'
import { stage, stageId } from './stages.ts'

/** The format version that this build reads and writes. */
export const CHAIN_FORMAT = 1

/** Names that expressions use for other things, so that no stage may take them. */
export const RESERVED_NAMES = ['item', 'params', 'run', 'items', 'group', 'map'] as const

const position = z.strictObject({ x: z.number(), y: z.number() })
export type Position = z.infer<typeof position>

/** The document a person draws, as it stands in `NAME.chain.yaml`. Key order here is the order in a new file. */
export const chain = z.strictObject({
  jacquard: z.literal(CHAIN_FORMAT).describe('Format version.'),
  name: z.string().min(1).optional(),
  description: z.string().optional(),
  params: z
    .record(z.string(), json)
    .optional()
    .describe(
      'Values that a launch may override: `{{ params.name }}`. Either the value, or {type, default, description, enum}.',
    ),
  source: source.optional().describe('Where the items come from; a launch may name another.'),
  stages: z.record(stageId, stage),
  output: json.optional().describe("An item's result. Without it, every last stage's output by name."),
  sink: sink.optional(),
  layout: z.record(z.string(), position).optional().describe('Positions on the canvas; never affects a run.'),
})
export type Chain = z.infer<typeof chain>

export const DEFAULT_CONCURRENCY = 8
