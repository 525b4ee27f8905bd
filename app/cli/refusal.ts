/**
 * What was asked for cannot be done, and the person can put it right: a wrong path, a broken chain, an unknown run.
 * Unwinds to main.ts, which prints the message without a stack and exits with 2, as commander's own errors do.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal'
}
