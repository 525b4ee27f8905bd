import Anthropic from '@anthropic-ai/sdk'
import { z } from 'zod'
import type { JsonObject } from '../../shared/json.ts'
import type { Usage } from '../../shared/usage.ts'
import { DEFAULT_MAX_TOKENS } from '../core/mostTokens.ts'
import type { Backend, Completion, CompletionRequest, ImageData } from '../ports/backend.ts'
import { createGuidedBackend, schemaInWords, strictSchema } from './answerSchema.ts'
import { checkModel } from './checkModel.ts'
import type { Connection } from './connection.ts'
import { failureOfError, unreadableAnswer } from './failures.ts'
import { httpFetch } from './httpFetch.ts'
import { withParameters } from './parameters.ts'
import { anthropicLimits, withLimits } from './providerLimits.ts'

const ANSWER_TOOL = 'answer'

/** The fields of an answer that we read. */
const messageAnswer = z.object({
  model: z.string(),
  stop_reason: z.string().nullable(),
  stop_details: z.object({ explanation: z.string().nullish() }).nullish(),
  content: z.array(z.object({ type: z.string(), text: z.string().optional(), input: z.json().optional() })),
  usage: z.object({
    input_tokens: z.number(),
    output_tokens: z.number(),
    cache_read_input_tokens: z.number().nullish(),
    cache_creation_input_tokens: z.number().nullish(),
  }),
})

/** The Messages API. Structured output by `output_config`; what that cannot say, by a tool that must be used. */
export function createAnthropicBackend(connection: Connection): Backend {
  const client = new Anthropic({
    baseURL: connection.baseUrl,
    apiKey: connection.apiKey,
    authToken: null,
    maxRetries: 0,
    // The engine's signal ends a call; this is the longest that a timer takes.
    timeout: 2 ** 31 - 1,
    fetch: httpFetch,
    openTelemetry: false,
    // Its debug log would show requests, whatever ANTHROPIC_LOG says.
    logLevel: 'off',
  })
  const backend = createGuidedBackend(async (request, guided, signal) => {
    const asked = messageParams(request, guided)
    if (!asked.ok) return asked
    try {
      const { data, response } = await client.messages.create(asked.params, { signal }).withResponse()
      const answer = messageAnswer.safeParse(data)
      if (!answer.success) return { ok: false, failure: unreadableAnswer(connection), usage: null }
      return withLimits(completion(answer.data), anthropicLimits(response.headers, Date.now()))
    } catch (error) {
      signal.throwIfAborted()
      const failure = failureOfError(connection, error, request)
      const headers = error instanceof Anthropic.APIError ? error.headers : undefined
      const limits = headers === undefined ? null : anthropicLimits(headers, Date.now())
      return withLimits({ ok: false, failure, usage: null }, limits)
    }
  })
  return {
    ...backend,
    async check(model, signal) {
      if (connection.isOwnAddress !== true) return null
      const ask = async (limited: AbortSignal) => {
        await client.models.retrieve(model, null, { signal: limited })
        return null
      }
      return checkModel(connection, { model, signal, ask })
    },
  }
}

function messageParams(request: CompletionRequest, guided: boolean) {
  const { model, instructions, messages, schema, maxTokens, parameters } = request
  const { system, ...answer } =
    schema === null ? { system: instructions } : answerParams(schema, { guided, instructions })
  const own = {
    model,
    messages: messages.map(({ role, text, images = [] }) => ({ role, content: content(text, images) })),
    ...answer,
    ...(system === null ? {} : { system: systemPrompt(system, request.keepInstructions) }),
    ...(maxTokens === null ? {} : { max_tokens: maxTokens }),
    stream: false as const,
  }
  // The API asks for a limit in every call.
  return withParameters(parameters, { own, standard: { max_tokens: DEFAULT_MAX_TOKENS } })
}

/**
 * Below it no model keeps anything: the least is 1,024 tokens (2,048 and 4,096 on some), and a token has at least one
 * byte. From there on a mark that turns out to be on too short a prompt is ignored by the API and costs nothing, so that
 * we need not know each model's least.
 */
const LEAST_KEPT_BYTES = 1024

function systemPrompt(text: string, keep: boolean): string | Anthropic.TextBlockParam[] {
  if (!keep || Buffer.byteLength(text) < LEAST_KEPT_BYTES) return text
  return [{ type: 'text', text, cache_control: { type: 'ephemeral' } }]
}

function content(text: string, images: readonly ImageData[]): string | Anthropic.ContentBlockParam[] {
  if (images.length === 0) return text
  const blocks = images.map(({ mediaType, base64 }): Anthropic.ImageBlockParam => {
    return { type: 'image', source: { type: 'base64', media_type: mediaType, data: base64 } }
  })
  // The API refuses a block without text.
  return text === '' ? blocks : [...blocks, { type: 'text', text }]
}

type AnswerParams = Pick<Anthropic.MessageCreateParamsNonStreaming, 'output_config' | 'tools' | 'tool_choice'> & {
  readonly system: string | null
}

function answerParams(schema: JsonObject, how: { guided: boolean; instructions: string | null }): AnswerParams {
  const strict = how.guided ? strictSchema(schema) : null
  if (strict !== null)
    return { system: how.instructions, output_config: { format: { type: 'json_schema', schema: { ...strict } } } }
  // A tool's input is always an object; other shapes are left to words.
  if (schema.type !== 'object') return { system: schemaInWords(how.instructions, schema) }
  const input = { ...schema, type: 'object' as const }
  return {
    system: how.instructions,
    tools: [{ name: ANSWER_TOOL, description: 'Gives the answer.', input_schema: input }],
    tool_choice: { type: 'tool', name: ANSWER_TOOL },
  }
}

function completion(answer: z.infer<typeof messageAnswer>): Completion {
  const { content, model, stop_reason: stop, stop_details: details } = answer
  const usage = readUsage(answer.usage)
  const tool = content.find((block) => block.type === 'tool_use')
  const text =
    tool === undefined
      ? content.map((block) => (block.type === 'text' ? (block.text ?? '') : '')).join('')
      : JSON.stringify(tool.input ?? null)
  switch (stop) {
    case 'refusal': {
      const why = details?.explanation ?? 'The model refused to answer.'
      return { ok: false, failure: { kind: 'refused', message: why }, usage }
    }
    case 'max_tokens':
    case 'model_context_window_exceeded': {
      const limit = stop === 'max_tokens' ? 'its limit of tokens (maxTokens)' : "the end of the model's context window"
      const message = `The answer was cut off after ${usage.outputTokens} tokens by ${limit}.`
      return { ok: false, failure: { kind: 'too_long', raw: text, message }, usage }
    }
    default:
      return { ok: true, text, usage, model }
  }
}

function readUsage(usage: z.infer<typeof messageAnswer>['usage']): Usage {
  const cachedTokens = usage.cache_read_input_tokens ?? 0
  const cacheWriteTokens = usage.cache_creation_input_tokens ?? 0
  return {
    // Anthropic counts what was read from and written to the cache apart.
    inputTokens: usage.input_tokens + cachedTokens + cacheWriteTokens,
    outputTokens: usage.output_tokens,
    cachedTokens,
    cacheWriteTokens,
  }
}
