import { z } from 'zod'

/** Rules that need no keys of their own. */
const SHORT = ['exact', 'number', 'text', 'ignore'] as const

const exact = z.strictObject({ by: z.literal('exact') })

const number = z
  .strictObject({
    by: z.literal('number'),
    within: z.number().nonnegative().optional().describe('So far from the expected number it may be. Default 0.'),
    percent: z.number().nonnegative().optional().describe('The same, in percent of the expected number.'),
  })
  .describe('A number, or a text that is one. Of `within` and `percent` the wider holds.')

const text = z
  .strictObject({
    by: z.literal('text'),
    atLeast: z.number().min(0).max(1).optional().describe('Similarity, 0 to 1, that is enough. Default 0.8.'),
  })
  .describe('By edit distance; white space between words does not count.')

const ignore = z.strictObject({ by: z.literal('ignore') }).describe('Anything is right.')

export interface FieldsRule {
  readonly by: 'fields'
  /** By the names of the fields; what is not named is held against by `others`. */
  readonly fields: { readonly [field: string]: MatchRule }
  /** Default exact. */
  readonly others?: 'exact' | 'ignore' | undefined
}
export type MatchRule =
  | (typeof SHORT)[number]
  | z.infer<typeof exact>
  | z.infer<typeof number>
  | z.infer<typeof text>
  | z.infer<typeof ignore>
  | FieldsRule

/** By how much an output may differ from what is expected, as it stands in a suite: `text` is short for `{by: text}`. */
export const matchRule: z.ZodType<MatchRule, MatchRule> = z.lazy(() =>
  z.union([
    z.enum(SHORT, `must be one of: ${SHORT.join(', ')}; or {by: fields, fields: {…}}.`),
    z.discriminatedUnion('by', [
      exact,
      number,
      text,
      ignore,
      z
        .strictObject({
          by: z.literal('fields'),
          fields: z.record(z.string(), matchRule).describe('Each field its own rule.'),
          others: z.enum(['exact', 'ignore']).optional().describe('Fields that are not named. Default exact.'),
        })
        .describe('An object, field by field.'),
    ]),
  ]),
)

export const MATCH_RULES = ['exact', 'fields', 'number', 'text', 'ignore'] as const
