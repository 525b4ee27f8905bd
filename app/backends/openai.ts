import OpenAI from 'openai'
import { z } from 'zod'
import type { JsonObject } from '../../shared/json.ts'
import { NO_USAGE, type Usage } from '../../shared/usage.ts'
import type { Backend, Completion, CompletionRequest, Message } from '../ports/backend.ts'
import { createGuidedBackend, hasOnlyRequired, schemaInWords, strictSchema } from './answerSchema.ts'
import { checkModel } from './checkModel.ts'
import type { Connection } from './connection.ts'
import { failureOfError, noModel, unreadableAnswer } from './failures.ts'
import { createModelResolver, FIRST_LISTED_MODEL } from './firstListedModel.ts'
import { httpFetch } from './httpFetch.ts'
import { createPromptKeeper, keepingParams, type PromptKeeping, systemContent } from './openaiPromptCache.ts'
import { withParameters } from './parameters.ts'
import { openAILimits, withLimits } from './providerLimits.ts'

/** The fields of an answer that we read. Servers that only speak the protocol leave some of them out. */
const chatAnswer = z.object({
  model: z.string().nullish(),
  choices: z
    .array(
      z.object({
        finish_reason: z.string().nullish(),
        message: z.object({ content: z.string().nullish(), refusal: z.string().nullish() }),
      }),
    )
    .min(1),
  usage: z
    .object({
      prompt_tokens: z.number(),
      completion_tokens: z.number(),
      prompt_tokens_details: z
        .object({ cached_tokens: z.number().nullish(), cache_write_tokens: z.number().nullish() })
        .nullish(),
    })
    .nullish(),
})

export interface OpenAIConnection extends Connection {
  /** `compatible`: a server that speaks the protocol as it was, LM Studio and vLLM among them. */
  readonly dialect: 'openai' | 'compatible'
}

/** The Chat Completions API, which OpenAI and nearly every other server speak. Structured output by `response_format`. */
export function createOpenAIBackend(connection: OpenAIConnection): Backend {
  const compatible = connection.dialect === 'compatible'
  const client = new OpenAI({
    baseURL: connection.baseUrl,
    // The package insists on a key; without one the header is taken away again.
    apiKey: connection.apiKey ?? 'none',
    ...(connection.apiKey === null ? { defaultHeaders: { Authorization: null } } : {}),
    adminAPIKey: null,
    ...(compatible ? { organization: null, project: null } : {}),
    maxRetries: 0,
    // The engine's signal ends a call; this is the longest that a timer takes.
    timeout: 2 ** 31 - 1,
    fetch: httpFetch,
    // Its debug log would show requests, whatever OPENAI_LOG says.
    logLevel: 'off',
  })
  const resolveModel = createModelResolver(async (signal) =>
    (await client.models.list({ signal })).data.map(({ id }) => id),
  )

  const keeper = createPromptKeeper(connection.dialect)
  const backend = createGuidedBackend((request, guided, signal) =>
    keeper.ask(request.model, async (keeping) => {
      try {
        const model = await resolveModel(request.model, signal)
        if (model === null) return { ok: false, failure: noModel(connection), usage: null }
        const asked = chatParams({ ...request, model }, { guided, compatible, keeping })
        if (!asked.ok) return asked
        const { data, response } = await client.chat.completions.create(asked.params, { signal }).withResponse()
        const answer = chatAnswer.safeParse(data)
        if (!answer.success) return { ok: false, failure: unreadableAnswer(connection), usage: null }
        return withLimits(completion(answer.data, model), openAILimits(response.headers))
      } catch (error) {
        signal.throwIfAborted()
        const failure = failureOfError(connection, error, request)
        const headers = error instanceof OpenAI.APIError ? error.headers : undefined
        return withLimits({ ok: false, failure, usage: null }, headers === undefined ? null : openAILimits(headers))
      }
    }),
  )
  return {
    ...backend,
    async check(model, signal) {
      const isRetrieved = !compatible && connection.isOwnAddress === true
      if (!isRetrieved && model !== FIRST_LISTED_MODEL) return null
      const ask = async (limited: AbortSignal) => {
        const found = await resolveModel(model, limited)
        if (found === null) return noModel(connection)
        if (isRetrieved) await client.models.retrieve(found, { signal: limited })
        return null
      }
      return checkModel(connection, { model, signal, ask })
    },
  }
}

function chatParams(
  request: CompletionRequest,
  how: { readonly guided: boolean; readonly compatible: boolean; readonly keeping: PromptKeeping },
) {
  const { model, messages, schema, maxTokens, parameters } = request
  const inWords = schema !== null && !how.guided
  const instructions = inWords ? schemaInWords(request.instructions, schema) : request.instructions
  const kept = request.keepInstructions ? instructions : null
  const system =
    instructions === null ? [] : [{ role: 'system' as const, content: systemContent(instructions, kept, how.keeping) }]
  const own = {
    model,
    messages: [...system, ...messages.map(chatMessage)],
    ...(schema !== null && how.guided ? { response_format: responseFormat(schema) } : {}),
    ...(maxTokens === null ? {} : how.compatible ? { max_tokens: maxTokens } : { max_completion_tokens: maxTokens }),
    stream: false as const,
  }
  return withParameters(parameters, { own, standard: keepingParams(kept, how.keeping) })
}

function chatMessage({ role, text, images = [] }: Message): OpenAI.ChatCompletionMessageParam {
  if (role === 'assistant') return { role, content: text }
  if (images.length === 0) return { role, content: text }
  const parts = images.map(({ mediaType, base64 }): OpenAI.ChatCompletionContentPartImage => {
    return { type: 'image_url', image_url: { url: `data:${mediaType};base64,${base64}` } }
  })
  return { role, content: text === '' ? parts : [...parts, { type: 'text', text }] }
}

function responseFormat(schema: JsonObject): OpenAI.ResponseFormatJSONSchema {
  const closed = strictSchema(schema)
  const strict = closed !== null && closed.type === 'object' && hasOnlyRequired(closed)
  return {
    type: 'json_schema',
    json_schema: { name: 'answer', strict, schema: { ...(strict ? closed : schema) } },
  }
}

function completion(answer: z.infer<typeof chatAnswer>, asked: string): Completion {
  const [choice] = answer.choices
  const text = choice?.message.content ?? ''
  const usage = readUsage(answer.usage)
  if (choice?.message.refusal)
    return { ok: false, failure: { kind: 'refused', message: choice.message.refusal }, usage }
  switch (choice?.finish_reason) {
    case 'content_filter': {
      const message = "The provider's content filter stopped the answer."
      return { ok: false, failure: { kind: 'refused', message }, usage }
    }
    case 'length': {
      const message = `The answer was cut off after ${usage.outputTokens} tokens by its limit of tokens (maxTokens) or the model's context window.`
      return { ok: false, failure: { kind: 'too_long', raw: text, message }, usage }
    }
    default:
      return { ok: true, text, usage, model: answer.model ?? asked }
  }
}

function readUsage(usage: z.infer<typeof chatAnswer>['usage']): Usage {
  if (usage == null) return NO_USAGE
  return {
    inputTokens: usage.prompt_tokens,
    outputTokens: usage.completion_tokens,
    cachedTokens: usage.prompt_tokens_details?.cached_tokens ?? 0,
    cacheWriteTokens: usage.prompt_tokens_details?.cache_write_tokens ?? 0,
  }
}
