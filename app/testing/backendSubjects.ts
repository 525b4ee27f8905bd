import { createAnthropicBackend } from '../backends/anthropic.ts'
import { createOllamaBackend } from '../backends/ollama.ts'
import { createOpenAIBackend } from '../backends/openai.ts'
import type { Backend, CompletionRequest } from '../ports/backend.ts'

export const KEY = 'sk-secret-1234567890'

interface Stop {
  readonly text: string
  readonly cut?: boolean
}

/** A backend under the contract (app/backends/contract.test.ts). A new one is added to the list below. */
export interface BackendSubject {
  readonly name: string
  create(server: string, apiKey?: string | null): Backend
  /** A successful answer as that protocol has it: 10 tokens in, of which 4 from the cache where it counts them; 5 out. */
  answer(stop: Stop): unknown
  readonly cachedTokens: number
}

const connection = (apiKey: string | null) => ({ apiKey, apiKeyEnv: apiKey === null ? null : 'SOME_API_KEY' })

const openAIAnswer = ({ text, cut }: Stop) => ({
  id: 'c1',
  object: 'chat.completion',
  created: 1,
  model: 'm-2026',
  choices: [{ index: 0, message: { role: 'assistant', content: text }, finish_reason: cut ? 'length' : 'stop' }],
  usage: { prompt_tokens: 10, completion_tokens: 5, total_tokens: 15, prompt_tokens_details: { cached_tokens: 4 } },
})

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
    cachedTokens: 4,
  },
  {
    name: 'openai',
    create: (server, apiKey = KEY) =>
      createOpenAIBackend({ label: 'OpenAI', baseUrl: `${server}/v1`, dialect: 'openai', ...connection(apiKey) }),
    answer: openAIAnswer,
    cachedTokens: 4,
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
    cachedTokens: 4,
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
    cachedTokens: 0,
  },
]

export function aRequest(text: string, more: Partial<CompletionRequest> = {}): CompletionRequest {
  return {
    model: 'm',
    instructions: 'You are brief.',
    messages: [{ role: 'user', text }],
    schema: null,
    maxTokens: null,
    parameters: {},
    ...more,
  }
}
