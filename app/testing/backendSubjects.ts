import type { Usage } from '../../shared/usage.ts'
import { createAnthropicBackend } from '../backends/anthropic.ts'
import { createOllamaBackend } from '../backends/ollama.ts'
import { createOpenAIBackend } from '../backends/openai.ts'
import type { Backend, CompletionRequest, ImageData } from '../ports/backend.ts'

export const KEY = 'sk-secret-1234567890'

interface Stop {
  readonly text: string
  readonly cut?: boolean
}

/** A backend under the contract (app/backends/contract.test.ts). A new one is added to the list below. */
export interface BackendSubject {
  readonly name: string
  create(server: string, apiKey?: string | null): Backend
  /**
   * A successful answer as that protocol has it: 10 tokens in, of which 4 from the cache and 1 into it where it counts
   * them; 5 out.
   */
  answer(stop: Stop): unknown
  readonly cache: Pick<Usage, 'cachedTokens' | 'cacheWriteTokens'>
  /** Headers that say: 1,000 requests a minute, none left, 2,000 tokens a minute, 500 left. null: this protocol has none. */
  readonly limitHeaders: Readonly<Record<string, string>> | null
  /** A user message with an image before its text, as that protocol has it. */
  withImage(image: ImageData, text: string): unknown
}

const connection = (apiKey: string | null) => ({ apiKey, apiKeyEnv: apiKey === null ? null : 'SOME_API_KEY' })

const openAIAnswer = ({ text, cut }: Stop) => ({
  id: 'c1',
  object: 'chat.completion',
  created: 1,
  model: 'm-2026',
  choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: cut ? 'length' : 'stop' }],
  usage: {
    prompt_tokens: 10,
    completion_tokens: 5,
    total_tokens: 15,
    prompt_tokens_details: { cached_tokens: 4, cache_write_tokens: 1 },
  },
})

const openAIWithImage: BackendSubject['withImage'] = ({ mediaType, base64 }, text) => ({
  role: 'user',
  content: [
    { type: 'image_url', image_url: { url: `data:${mediaType};base64,${base64}` } },
    { type: 'text', text },
  ],
})

const openAILimitHeaders = {
  'x-ratelimit-limit-requests': '1000',
  'x-ratelimit-remaining-requests': '0',
  'x-ratelimit-reset-requests': '1m0s',
  'x-ratelimit-limit-tokens': '2000',
  'x-ratelimit-remaining-tokens': '500',
  'x-ratelimit-reset-tokens': '45s',
}

export const backendSubjects: readonly BackendSubject[] = [
  {
    name: 'anthropic',
    create: (server, apiKey = KEY) =>
      createAnthropicBackend({ label: 'Anthropic', baseUrl: server, ...connection(apiKey) }),
    answer: ({ text, cut }) => ({
      id: 'm1',
      type: 'message',
      role: 'assistant',
      model: 'm-2026',
      content: [{ type: 'text', text }],
      stop_reason: cut ? 'max_tokens' : 'end_turn',
      stop_sequence: null,
      usage: { input_tokens: 5, output_tokens: 5, cache_read_input_tokens: 4, cache_creation_input_tokens: 1 },
    }),
    cache: { cachedTokens: 4, cacheWriteTokens: 1 },
    limitHeaders: {
      date: 'Thu, 01 Jan 2026 12:00:00 GMT',
      'anthropic-ratelimit-requests-limit': '1000',
      'anthropic-ratelimit-requests-remaining': '0',
      'anthropic-ratelimit-requests-reset': '2026-01-01T12:01:00Z',
      'anthropic-ratelimit-tokens-limit': '2000',
      'anthropic-ratelimit-tokens-remaining': '500',
      'anthropic-ratelimit-tokens-reset': '2026-01-01T12:00:45Z',
    },
    withImage: ({ mediaType, base64 }, text) => ({
      role: 'user',
      content: [
        { type: 'image', source: { type: 'base64', media_type: mediaType, data: base64 } },
        { type: 'text', text },
      ],
    }),
  },
  {
    name: 'openai',
    create: (server, apiKey = KEY) =>
      createOpenAIBackend({ label: 'OpenAI', baseUrl: `${server}/v1`, dialect: 'openai', ...connection(apiKey) }),
    answer: openAIAnswer,
    cache: { cachedTokens: 4, cacheWriteTokens: 1 },
    limitHeaders: openAILimitHeaders,
    withImage: openAIWithImage,
  },
  {
    name: 'openai-compatible',
    create: (server, apiKey = KEY) =>
      createOpenAIBackend({
        label: 'Compatible',
        baseUrl: `${server}/v1`,
        dialect: 'compatible',
        ...connection(apiKey),
      }),
    answer: openAIAnswer,
    cache: { cachedTokens: 4, cacheWriteTokens: 1 },
    limitHeaders: openAILimitHeaders,
    withImage: openAIWithImage,
  },
  {
    name: 'ollama',
    create: (server, apiKey = KEY) => createOllamaBackend({ label: 'Ollama', baseUrl: server, ...connection(apiKey) }),
    answer: ({ text, cut }) => ({
      model: 'm-2026',
      created_at: '2026-01-01T00:00:00Z',
      message: { role: 'assistant', content: text },
      done: true,
      done_reason: cut ? 'length' : 'stop',
      prompt_eval_count: 10,
      eval_count: 5,
    }),
    cache: { cachedTokens: 0, cacheWriteTokens: 0 },
    limitHeaders: null,
    withImage: ({ base64 }, text) => ({ role: 'user', content: text, images: [base64] }),
  },
]

/** A red dot of one pixel. */
export const IMAGE: ImageData = {
  name: 'photos/dot.png',
  mediaType: 'image/png',
  base64: 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
}

export function aRequest(text: string, more: Partial<CompletionRequest> = {}): CompletionRequest {
  return {
    model: 'm',
    instructions: 'You are brief.',
    keepInstructions: false,
    messages: [{ role: 'user', text }],
    schema: null,
    maxTokens: null,
    parameters: {},
    ...more,
  }
}
