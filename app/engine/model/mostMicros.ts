import type { Failure } from '../../../shared/failure.ts'
import { NO_USAGE, type Usage } from '../../../shared/usage.ts'
import { DEFAULT_MAX_TOKENS } from '../../core/mostTokens.ts'
import type { CompletionRequest } from '../../ports/backend.ts'
import type { TierModel } from '../../ports/models.ts'

/** Providers count an image as some hundreds to some thousands of tokens, by its size. */
const ASSUMED_IMAGE_TOKENS = 5000

/**
 * The most a call can cost: a token is at least one byte of text, an answer has at most its allowed tokens, and the
 * provider may take a higher price for storing all that it was sent. null: the price is not known, so that a budget cannot
 * hold it.
 */
export function mostMicros(request: CompletionRequest, model: TierModel): number | null {
  const texts = [request.instructions ?? '', ...request.messages.map((message) => message.text)]
  const schema = request.schema === null ? 0 : 2 * Buffer.byteLength(JSON.stringify(request.schema), 'utf8')
  const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text, 'utf8'), schema)
  const images = request.messages.reduce((sum, message) => sum + (message.images?.length ?? 0), 0)
  // Roles, separators and the words around a schema that adapter and provider add: tens of tokens a message.
  const inputTokens = bytes + 64 * (request.messages.length + 1) + images * ASSUMED_IMAGE_TOKENS
  const outputTokens = request.maxTokens ?? DEFAULT_MAX_TOKENS
  const usage: Usage = { inputTokens, outputTokens, cachedTokens: 0, cacheWriteTokens: 0 }
  const plain = model.costMicros(usage)
  const stored = model.costMicros({ ...usage, cacheWriteTokens: inputTokens })
  return plain === null || stored === null ? null : Math.max(plain, stored)
}

/** Calls of it cost something: a budget holds them only if their answers have a limit. */
export function isPaid(model: TierModel): boolean {
  return model.costMicros({ ...NO_USAGE, inputTokens: 1_000_000, outputTokens: 1_000_000 }) !== 0
}

/** No answer came, and nobody knows how far the request did: the provider may have billed it. */
export function mayBeBilled(failure: Failure): boolean {
  switch (failure.kind) {
    case 'timeout':
    case 'cancelled':
      return true
    case 'provider':
      return failure.httpStatus === null && failure.cause === 'transient' && failure.isUnreached !== true
    default:
      return false
  }
}
