import type { Usage } from '../../../shared/usage.ts'
import type { CompletionRequest } from '../../ports/backend.ts'
import type { TierModel } from '../../ports/models.ts'

/**
 * Tokens an answer may have where neither stage nor tier says: what a budget must reckon with. Of answers to many items
 * together a few times as many.
 */
const ASSUMED_MAX_TOKENS = 4096
const ASSUMED_MAX_SHARED = 4 * ASSUMED_MAX_TOKENS

/**
 * A run's hard limit of spend. Before a call the most it can cost is set aside; after it the true cost is booked. What is
 * spent and set aside together never exceeds the budget. All in millionths of a dollar.
 */
export class Budget {
  readonly #limit: number | null
  #spent: number
  #reserved = 0
  #waiting: (() => void)[] = []

  constructor(limitMicros: number | null, spentMicros: number) {
    this.#limit = limitMicros
    this.#spent = spentMicros
  }

  /** Without a limit nothing need be worked out before a call. */
  get isLimited(): boolean {
    return this.#limit !== null
  }

  /**
   * Sets the most a call can cost aside. Where that does not fit now but calls in flight may cost less than what is set
   * aside for them, waits for those. null: the call could overshoot the budget, or `signal` aborted; it must not be made.
   */
  async reserve(mostMicros: number, signal: AbortSignal): Promise<Reservation | null> {
    while (this.#limit !== null && this.#spent + this.#reserved + mostMicros > this.#limit) {
      if (this.#reserved === 0 || signal.aborted) return null
      await this.#nextChange(signal)
    }
    this.#reserved += mostMicros
    return {
      settle: (costMicros) => {
        this.#reserved -= mostMicros
        this.#spent += costMicros
        for (const wake of this.#waiting.splice(0)) wake()
      },
    }
  }

  #nextChange(signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const wake = () => {
        signal.removeEventListener('abort', wake)
        resolve()
      }
      signal.addEventListener('abort', wake, { once: true })
      this.#waiting.push(wake)
    })
  }
}

export interface Reservation {
  /** Once, when the call has ended. */
  settle(costMicros: number): void
}

/** Providers count an image as some hundreds to some thousands of tokens, by its size. */
const ASSUMED_IMAGE_TOKENS = 5000

/**
 * The most a call can cost: a token is at least one byte of text, an answer has at most its allowed tokens, and the
 * provider may take a higher price for storing all that it was sent. `answers`: items that it answers. null: the price
 * is not known, so that a budget cannot hold it.
 */
export function mostMicros(request: CompletionRequest, model: TierModel, answers: number): number | null {
  const texts = [request.instructions ?? '', ...request.messages.map((message) => message.text)]
  const schema = request.schema === null ? 0 : JSON.stringify(request.schema).length
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text, 'utf8'), schema)
  const images = request.messages.reduce((sum, message) => sum + (message.images?.length ?? 0), 0)
  // Roles and separators that the provider adds: a few tokens a message.
  const inputTokens = bytes + 64 * (request.messages.length + 1) + images * ASSUMED_IMAGE_TOKENS
  const assumed = Math.min(ASSUMED_MAX_TOKENS * answers, ASSUMED_MAX_SHARED)
  const outputTokens = request.maxTokens ?? model.maxTokens ?? assumed
  const usage: Usage = { inputTokens, outputTokens, cachedTokens: 0, cacheWriteTokens: 0 }
  const plain = model.costMicros(usage)
  const stored = model.costMicros({ ...usage, cacheWriteTokens: inputTokens })
  return plain === null || stored === null ? null : Math.max(plain, stored)
}
