import { z } from 'zod'
import { json } from '../json.ts'

/** Two outputs of one item that a model is to judge. */
const judgedPair = z.object({
  /** `DuelPair.id`. */
  pair: z.string().min(1).max(200),
  item: z.string(),
  left: z.string().min(1),
  right: z.string().min(1),
  leftOutput: json,
  rightOutput: json,
  /** The test run that gave the left one: the judge is shown its item. */
  run: z.string(),
})
export type JudgedPair = z.infer<typeof judgedPair>

/** What a model is asked to say about pairs of outputs. */
export const judgeRequest = z.object({
  /** The chain's: where the votes are kept. */
  file: z.string(),
  /** Whose outputs they are; null: of the whole chain. */
  stage: z.string().nullable(),
  /** The judge. */
  tier: z.string().min(1),
  /** What makes an output the better one, in words. */
  criteria: z.string().min(1).max(10_000),
  pairs: z.array(judgedPair).min(1).max(500),
})
export type JudgeRequest = z.infer<typeof judgeRequest>

export const DEFAULT_CRITERIA =
  'The better answer says what the item says: nothing is invented, nothing that matters is missing. Of two that are right, the clearer and shorter one is better.'
