import { type Message as ChatMessage, Ollama } from 'ollama'
import { z } from 'zod'
import { isJsonObject } from '../../shared/json.ts'
import { NO_USAGE } from '../../shared/usage.ts'
import type { Backend, Completion, CompletionRequest, Message } from '../ports/backend.ts'
import { schemaInWords } from './answerSchema.ts'
import { checkModel } from './checkModel.ts'
import type { Connection } from './connection.ts'
import { failureOfError, noModel, type StatusError, unreadableAnswer } from './failures.ts'
import { createModelResolver, FIRST_LISTED_MODEL } from './firstListedModel.ts'
import { httpFetch } from './httpFetch.ts'
import { withParameters } from './parameters.ts'

/** The fields of an answer that we read. Counts are left out where the prompt came from the server's cache. */
const chatAnswer = z.object({
  model: z.string(),
  message: z.object({ content: z.string() }),
  done_reason: z.string().nullish(),
  prompt_eval_count: z.number().nullish(),
  eval_count: z.number().nullish(),
})

/** Fields of the request; every other parameter is an option of the model. */
const FIELDS = new Set([
  'model',
  'messages',
  'stream',
  'format',
  'truncate',
  'options',
  'tools',
  'think',
  'keep_alive',
  'logprobs',
  'top_logprobs',
])

/** Thrown before the package sees the answer: it would print to standard output and drop the headers. */
class OllamaStatusError extends Error implements StatusError {
  readonly status: number
  readonly headers: Headers
  readonly error: string

  constructor({ status, headers }: Response, body: string) {
    super(String(status))
    this.status = status
    this.headers = headers
    this.error = body
  }
}

/** Ollama's own API. Structured output by `format`. */
export function createOllamaBackend(connection: Connection): Backend {
  const headers = connection.apiKey === null ? {} : { Authorization: `Bearer ${connection.apiKey}` }
  // The package has no signal for a call that does not stream: each call gets a client, which is only a few fields.
  const clientFor = (signal: AbortSignal) =>
    new Ollama({
      host: connection.baseUrl,
      headers,
      fetch: async (input, init) => {
        const response = await httpFetch(input, { ...init, signal })
        if (!response.ok) throw new OllamaStatusError(response, await response.text())
        return response
      },
    })
  const resolveModel = createModelResolver(async (signal) => {
    const { models } = await clientFor(signal).list()
    return models.map(({ model }) => model)
  })

  return {
    async complete(request, signal) {
      try {
        const model = await resolveModel(request.model, signal)
        if (model === null) return { ok: false, failure: noModel(connection), usage: null }
        const asked = chatParams({ ...request, model })
        if (!asked.ok) return asked
        const answer = chatAnswer.safeParse(await clientFor(signal).chat(asked.params))
        if (!answer.success) return { ok: false, failure: unreadableAnswer(connection), usage: null }
        return completion(answer.data)
      } catch (error) {
        signal.throwIfAborted()
        return { ok: false, failure: failureOfError(connection, error, request), usage: null }
      }
    },
    async check(model, signal) {
      if (model !== FIRST_LISTED_MODEL) return null
      const ask = async (limited: AbortSignal) =>
        (await resolveModel(model, limited)) === null ? noModel(connection) : null
      return checkModel(connection, { model, signal, ask })
    },
  }
}

function chatParams(request: CompletionRequest) {
  const { model, messages, schema, maxTokens } = request
  // The grammar that `format` becomes is not shown to the model; Ollama's guide says to put it in words as well.
  const instructions = schema === null ? request.instructions : schemaInWords(request.instructions, schema)
  const system = instructions === null ? [] : [{ role: 'system', content: instructions }]
  const own = {
    model,
    messages: [...system, ...messages.map(chatMessage)],
    ...(schema === null ? {} : { format: schema }),
    ...(maxTokens === null ? {} : { options: { num_predict: maxTokens } }),
    // Without it a prompt over the context window is shortened in silence (servers before 0.12 do so still).
    truncate: false,
    stream: false as const,
  }
  return withParameters(atTheirPlace(request.parameters), { own, standard: {} })
}

function chatMessage({ role, text, images = [] }: Message): ChatMessage {
  return { role, content: text, ...(images.length === 0 ? {} : { images: images.map(({ base64 }) => base64) }) }
}

/** What is no field of the request is an option of the model: `num_ctx` and its like stand under `options`. */
function atTheirPlace(parameters: CompletionRequest['parameters']): CompletionRequest['parameters'] {
  const entries = Object.entries(parameters)
  const fields = Object.fromEntries(entries.filter(([name]) => FIELDS.has(name)))
  const options = Object.fromEntries(entries.filter(([name]) => !FIELDS.has(name)))
  if (Object.keys(options).length === 0) return fields
  return { ...fields, options: { ...(isJsonObject(fields.options) ? fields.options : {}), ...options } }
}

function completion(answer: z.infer<typeof chatAnswer>): Completion {
  const { model, message, done_reason: stop } = answer
  const usage = { ...NO_USAGE, inputTokens: answer.prompt_eval_count ?? 0, outputTokens: answer.eval_count ?? 0 }
  if (stop !== 'length') return { ok: true, text: message.content, usage, model }
  const why = `The answer was cut off after ${usage.outputTokens} tokens by its limit of tokens (maxTokens) or the model's context window (num_ctx).`
  return { ok: false, failure: { kind: 'too_long', raw: message.content, message: why }, usage }
}
