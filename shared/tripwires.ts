import { z } from 'zod'

/** What pauses a run by itself, with the items that made it. Each may be set to null: off. */
export const tripwires = z.strictObject({
  /** Share of the last hundred finished items that failed (0 to 1); counted from thirty on. */
  errorShare: z.number().gt(0).max(1).nullable().optional(),
  /** Items in a row that failed for the same cause. */
  sameError: z.number().int().min(2).nullable().optional(),
  /** Share of the last hundred answers that did not fit their schema (0 to 1); counted from thirty on. */
  invalidShare: z.number().gt(0).max(1).nullable().optional(),
  /** How many times its estimate an item costs, over the last hundred finished ones; counted from twenty on. */
  costFactor: z.number().gt(1).nullable().optional(),
})
export type Tripwires = z.infer<typeof tripwires>
export type TripwireName = keyof Tripwires

/** Loose enough that a run that only has hard items does not trip, tight enough that a wrong prompt costs little. */
export const DEFAULT_TRIPWIRES = {
  errorShare: 0.25,
  sameError: 10,
  invalidShare: 0.4,
  costFactor: 3,
} as const satisfies Tripwires
