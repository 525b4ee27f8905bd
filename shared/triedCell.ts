import type { Json } from './json.ts'
import type { ItemError } from './run.ts'
import type { Usage } from './usage.ts'

/** What one item came to in one variant. */
export interface TriedCell {
  readonly item: { readonly index: number; readonly key: string }
  readonly variant: string
  /** 0-based: which of several tries of the same. */
  readonly repeat: number
  /** A run of kind `test`: its only item's trace tells all. Empty: it could not be started. */
  readonly run: string
  readonly status: 'running' | 'succeeded' | 'failed' | 'skipped'
  readonly output: Json
  readonly error: ItemError | null
  /** Milliseconds that calls took, one after the other; of answers from memory those of then. */
  readonly latencyMs: number
  readonly usage: Usage
  /** What its answers cost, those from memory when they were asked for. Millionths of a dollar; null: not known. */
  readonly costMicros: number | null
  /** Nothing was asked: memory had every answer. */
  readonly remembered: boolean
  /** Calls, those of answers from memory counted. */
  readonly attempts: number
  /** Every answer fitted at its first try. */
  readonly isValid: boolean
  /** Model stages by the names on their way: `extract`, `sections/gist` for a stage inside of a map. */
  readonly stages: { readonly [path: string]: TriedStage }
}

/** What one model stage came to for one item; of a stage inside of a map all elements together. */
export interface TriedStage {
  readonly stage: string
  readonly tier: string
  readonly model: string
  /** Questions: one for each element of a map. */
  readonly questions: number
  /** Calls, retries and repairs included. */
  readonly attempts: number
  readonly usage: Usage
  readonly costMicros: number | null
  readonly latencyMs: number
  /** Of its last question; null: none was answered. */
  readonly output: Json
  readonly isValid: boolean
}
