import { createHash } from 'node:crypto'
import type { CompletionRequest } from '../../ports/backend.ts'

/** Dice that always fall the same way for the same request and purpose: 0 ≤ n < 1. */
export type Dice = (purpose: string) => number

/** Another salt is another world: the same shares of mistakes, made on other items. */
const SALT = 'loom'

export function requestKey(request: CompletionRequest): string {
  const { model, instructions, messages, schema, maxTokens, parameters } = request
  const asked = JSON.stringify([SALT, model, instructions, messages, schema, maxTokens, parameters])
  return createHash('sha256').update(asked).digest('hex')
}

export function diceFor(key: string): Dice {
  return (purpose) => createHash('sha256').update(`${key} ${purpose}`).digest().readUInt32BE(0) / 2 ** 32
}
