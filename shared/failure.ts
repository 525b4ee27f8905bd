import { z } from 'zod'

/** Every way an attempt, and so an item, can fail. These words stand in results files: never rename one. */
export const FAILURE_KINDS = [
  'invalid_input',
  'invalid_output',
  'too_long',
  'refused',
  'rate_limited',
  'timeout',
  'provider',
  'auth',
  'expression',
  'source',
  'budget',
  'cancelled',
  'internal',
] as const
export const failureKind = z.enum(FAILURE_KINDS)
export type FailureKind = z.infer<typeof failureKind>

const text = z.object({ message: z.string() })

/**
 * Why an attempt did not succeed. A value, never thrown.
 * A new kind breaks the build in `app/core/nextAttempt.ts` and `shared/failureText.ts`: fill in both.
 */
export const failure = z.discriminatedUnion('kind', [
  text.extend({ kind: z.literal('invalid_input') }),
  text.extend({
    kind: z.literal('invalid_output'),
    /** What the schema check found, each with the path of the value. */
    problems: z.array(z.string()),
    /** The whole answer as it came. */
    raw: z.string(),
  }),
  text.extend({
    kind: z.literal('too_long'),
    /** The answer as far as it came before it was cut off; null: it was the question that was too long. */
    raw: z.string().nullable(),
  }),
  text.extend({
    kind: z.literal('refused'),
    /** Said of a call that many items share: which of them it means is not known, and each is asked for again. */
    ofPack: z.literal(true).optional(),
  }),
  text.extend({ kind: z.literal('rate_limited'), retryAfterMs: z.number().nonnegative().nullable() }),
  text.extend({ kind: z.literal('timeout'), afterMs: z.number().nonnegative() }),
  text.extend({
    kind: z.literal('provider'),
    /** null: no answer came (connection refused, reset, unreadable). */
    httpStatus: z.number().int().nullable(),
    /**
     * `transient`: asking again may help. `request`: this request can never succeed.
     * `backend`: no request to this backend can succeed as it is set up (unknown model, wrong address).
     */
    cause: z.enum(['transient', 'request', 'backend']),
    retryAfterMs: z.number().nonnegative().nullable(),
    /** The request did not get as far as the provider: nothing can have been billed. */
    isUnreached: z.literal(true).optional(),
  }),
  text.extend({ kind: z.literal('auth'), httpStatus: z.number().int().nullable() }),
  text.extend({ kind: z.literal('expression'), expression: z.string(), place: z.string() }),
  text.extend({ kind: z.literal('source') }),
  text.extend({ kind: z.literal('budget') }),
  text.extend({ kind: z.literal('cancelled') }),
  text.extend({ kind: z.literal('internal') }),
])
export type Failure = z.infer<typeof failure>
