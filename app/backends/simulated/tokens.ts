import type { CompletionRequest } from '../../ports/backend.ts'

/** About four characters a token, as the common tokenisers have it for English; never 0 for text. */
export function countTokens(text: string): number {
  return Math.ceil(text.length / 4)
}

/** About what a photograph costs where pixels are counted. */
const IMAGE_TOKENS = 1_200

/** What the provider would bill as input. Each message costs a few tokens for its frame. */
export function countInputTokens(request: CompletionRequest): number {
  const messages = request.messages.reduce((sum, { text, images = [] }) => {
    return sum + countTokens(text) + IMAGE_TOKENS * images.length + 4
  }, 0)
  const schema = request.schema === null ? 0 : countTokens(JSON.stringify(request.schema))
  return countTokens(request.instructions ?? '') + messages + schema + 3
}
