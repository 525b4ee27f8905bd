import type { Usage } from '../../../shared/usage.ts'

/** How much of a call is an item's own. */
export interface Weight {
  /** Tokens that went along for it alone. */
  readonly input: number
  /** Length of its row in the answer; 0: it got none. */
  readonly output: number
}

/** What a call cost. */
export interface Billed {
  /** null: not known. */
  readonly usage: Usage | null
  readonly costMicros: number | null
  /** The part of the cost that its input has. */
  readonly inputMicros: number
  /** Input tokens that all items share. */
  readonly fixedTokens: number
}

export interface Share {
  readonly usage: Usage | null
  readonly costMicros: number | null
}

/**
 * Each item's part of a call: of the input the fixed prompt evenly and the rest by its own tokens, of the output by the
 * length of its row. The parts add up to what was billed exactly.
 */
export function shareOut({ usage, costMicros, inputMicros, fixedTokens }: Billed, weights: readonly Weight[]): Share[] {
  const byInput = weights.map(({ input }) => fixedTokens + weights.length * input)
  const byOutput = weights.map(({ output }) => output)
  const parts = usage === null ? null : shareUsage(usage, byInput, byOutput)
  const costs =
    costMicros === null
      ? null
      : sums(
          largestRemainder(Math.min(inputMicros, costMicros), byInput),
          largestRemainder(Math.max(0, costMicros - inputMicros), byOutput),
        )
  return weights.map((_, index) => ({ usage: parts?.[index] ?? null, costMicros: costs?.[index] ?? null }))
}

function shareUsage(usage: Usage, byInput: readonly number[], byOutput: readonly number[]): Usage[] {
  const output = largestRemainder(usage.outputTokens, byOutput)
  const cached = largestRemainder(usage.cachedTokens, byInput)
  const cacheWrite = largestRemainder(usage.cacheWriteTokens, byInput)
  const plainTokens = usage.inputTokens - usage.cachedTokens - usage.cacheWriteTokens
  // Each kind apart, so that an item's input never is less than what of it came from the cache.
  const input =
    plainTokens < 0
      ? largestRemainder(usage.inputTokens, byInput)
      : sums(sums(largestRemainder(plainTokens, byInput), cached), cacheWrite)
  return byInput.map((_, index) => ({
    inputTokens: input[index] ?? 0,
    outputTokens: output[index] ?? 0,
    cachedTokens: cached[index] ?? 0,
    cacheWriteTokens: cacheWrite[index] ?? 0,
  }))
}

/**
 * Cuts a whole number into whole parts in proportion to whole weights (evenly where all are 0). The parts add up to it;
 * what rounding down leaves goes to the largest remainders, of equal ones to the first.
 */
export function largestRemainder(total: number, weights: readonly number[]): number[] {
  const given = weights.some((weight) => weight > 0) ? weights : weights.map(() => 1)
  const sum = given.reduce((all, weight) => all + BigInt(weight), 0n)
  const shares = given.map((weight, index) => {
    const scaled = BigInt(total) * BigInt(weight)
    return { index, part: Number(scaled / sum), rest: scaled % sum }
  })
  const left = total - shares.reduce((all, { part }) => all + part, 0)
  const order = shares.toSorted((a, b) => (a.rest === b.rest ? a.index - b.index : a.rest < b.rest ? 1 : -1))
  const lucky = new Set(order.slice(0, left).map(({ index }) => index))
  return shares.map(({ index, part }) => part + (lucky.has(index) ? 1 : 0))
}

function sums(left: readonly number[], right: readonly number[]): number[] {
  return left.map((part, index) => part + (right[index] ?? 0))
}
