import { z } from 'zod'

const name = z.string().min(1).max(200)

/** Which of two outputs of one item is better, as somebody said who did not see whose they are. */
export const vote = z.object({
  /** Names what was shown (`DuelPair.id`): outputs that have changed since are another pair. */
  pair: name,
  /** Key of the item. */
  item: z.string(),
  /** Whose output it was; null: that of the whole chain. */
  stage: z.string().nullable(),
  /** Names of the variants by the side that each stood on. */
  left: name,
  right: name,
  winner: z.enum(['left', 'right', 'tie', 'bothBad']),
  /** Tier of the model that said so; null: a person. */
  judge: z.string().nullable(),
  /** Why, in the judge's words. */
  why: z.string().nullable(),
  /** By what the model judged, in words; null: a person. */
  criteria: z.string().nullable(),
})
export type Vote = z.infer<typeof vote>
export type Winner = Vote['winner']

/** A vote as it is kept. There is one of each judge for a pair. */
export interface StoredVote extends Vote {
  readonly id: string
  /** Unix milliseconds. */
  readonly at: number
}

/** How a person finds one cell's output. */
export const rating = z.object({
  item: z.string(),
  stage: z.string().nullable(),
  variant: name,
  repeat: z.number().int().nonnegative(),
  /** Of the output that was rated (`outputVersion`). */
  output: name,
  score: z.union([z.enum(['good', 'bad']), z.number().int().min(1).max(5)]),
})
export type Rating = z.infer<typeof rating>
export interface StoredRating extends Rating {
  readonly id: string
  readonly at: number
}
