import type { Usage } from '../../shared/usage.ts'
import type { CompletionRequest } from '../ports/backend.ts'
import type { TierModel } from '../ports/models.ts'

/** Tokens an answer may have where neither stage nor tier says: what a budget must reckon with. */
const ASSUMED_MAX_TOKENS = 4096

/**
 * A run's hard limit of spend. Before a call the most it can cost is set aside; after it the true cost is booked. What is
 * spent and set aside together never exceeds the budget. All in millionths of a dollar.
 */
export class Budget {
  readonly #limit: number | null
  #spent: number
  #reserved = 0

  constructor(limitMicros: number | null, spentMicros: number) {
    this.#limit = limitMicros
    this.#spent = spentMicros
  }

  /** null: the call could overshoot the budget and must not be made. */
  reserve(mostMicros: number): { settle(costMicros: number): void } | null {
    if (this.#limit !== null && this.#spent + this.#reserved + mostMicros > this.#limit) return null
    this.#reserved += mostMicros
    return {
      settle: (costMicros) => {
        this.#reserved -= mostMicros
        this.#spent += costMicros
      },
    }
  }
}

/**
 * The most a call can cost: a token is at least one byte of text, and an answer has at most its allowed tokens.
 * null: the price is not known, so that a budget cannot hold it.
 */
export function mostMicros(request: CompletionRequest, model: TierModel): number | null {
  const texts = [request.instructions ?? '', ...request.messages.map((message) => message.text)]
  const schema = request.schema === null ? 0 : JSON.stringify(request.schema).length
  const bytes = texts.reduce((sum, text) => sum + utf8Length(text), schema)
  // Roles and separators that the provider adds: a few tokens a message.
  const usage: Usage = {
    inputTokens: bytes + 64 * (request.messages.length + 1),
    outputTokens: request.maxTokens ?? model.maxTokens ?? ASSUMED_MAX_TOKENS,
    cachedTokens: 0,
  }
  return model.costMicros(usage)
}

function utf8Length(text: string): number {
  return Buffer.byteLength(text, 'utf8')
}
