import type { Failure } from '../../../shared/failure.ts'
import { NO_USAGE } from '../../../shared/usage.ts'
import type { Backend, Completion, CompletionRequest } from '../../ports/backend.ts'
import { type Dice, diceFor, requestKey } from './dice.ts'
import { expandSchema } from './expandSchema.ts'
import { fillSchema } from './fillSchema.ts'
import { latencyMs, wait } from './latency.ts'
import { plainAnswer } from './plainAnswer.ts'
import { PROFILES, type Profile } from './profiles.ts'
import { isReadable } from './reading.ts'
import { type Assignment, readRequest } from './readRequest.ts'
import { ROOT } from './slot.ts'
import { spoil, wrap } from './spoil.ts'
import { countInputTokens, countTokens } from './tokens.ts'

/**
 * Answers drawn from the prompt's own text, on this machine, without a model. The same request gets the same answer,
 * except that a provider's turning away (`rate_limited`, a 5xx) is over when it is asked again in the same process.
 * `speed`: 2 answers in half the time; Infinity at once. Default 1.
 */
export function createSimulatedBackend(options: { readonly speed?: number } = {}): Backend {
  const speed = options.speed ?? 1
  const turnedAway = new Set<string>()
  return {
    async complete(request, signal) {
      signal.throwIfAborted()
      const profile = PROFILES.get(request.model)
      if (profile === undefined) return failed(unknownModel(request.model))
      const key = requestKey(request)
      const dice = diceFor(key)
      if (!turnedAway.has(key) && dice('turned away') < profile.faults.turnedAway) {
        turnedAway.add(key)
        await wait(profile.latency.medianMs / 4 / speed, signal)
        return failed(dice('turned away how') < 0.5 ? rateLimited(speed) : overloaded())
      }
      const completion = complete(request, profile, dice)
      const outputTokens = completion.ok ? completion.usage.outputTokens : 0
      await wait(latencyMs(profile, outputTokens, dice) / speed, signal)
      return completion
    },
  }
}

function complete(request: CompletionRequest, profile: Profile, dice: Dice): Completion {
  const inputTokens = countInputTokens(request)
  if (inputTokens > profile.contextTokens)
    return failed({
      kind: 'too_long',
      message: `The prompt has about ${inputTokens} tokens; ${request.model} takes ${profile.contextTokens}. Shorten it or choose a larger model.`,
      raw: null,
    })
  const text = answer(request, profile, dice)
  const outputTokens = countTokens(text)
  const { maxTokens, model } = request
  if (maxTokens !== null && outputTokens > maxTokens)
    return {
      ok: false,
      failure: {
        kind: 'too_long',
        message: `The answer was cut off at ${maxTokens} tokens. Raise maxTokens or ask for less.`,
        raw: text.slice(0, maxTokens * 4),
      },
      usage: { ...NO_USAGE, inputTokens, outputTokens: maxTokens },
    }
  return { ok: true, text, model, usage: { ...NO_USAGE, inputTokens, outputTokens } }
}

function answer(request: CompletionRequest, profile: Profile, dice: Dice): string {
  const assignment = readRequest(request)
  const material = { reading: assignment.reading, task: assignment.task, quality: profile.quality, dice }
  if (profile.faults.givesUpOnNoise && !isReadable(assignment.reading.text))
    return 'I am sorry, but there is no text here that I can read. Could you send it again?'
  if (request.schema === null) return plainAnswer(material)
  const schema = expandSchema(request.schema)
  const value = fillSchema(schema, ROOT, material) ?? null
  if (dice('invalid') < shareOfInvalid(assignment, profile)) return spoil(value, schema, dice)
  const json = JSON.stringify(value)
  return dice('wrapped') < profile.faults.wrapped ? wrap(json) : json
}

function shareOfInvalid({ isRepair }: Assignment, { faults }: Profile): number {
  return isRepair ? faults.stubborn : faults.invalid
}

function failed(failure: Failure): Completion {
  return { ok: false, failure, usage: null }
}

function unknownModel(model: string): Failure {
  const known = [...PROFILES.keys()].join(', ')
  return {
    kind: 'provider',
    httpStatus: 404,
    cause: 'backend',
    retryAfterMs: null,
    message: `There is no simulated model “${model}”. There are: ${known}.`,
  }
}

function rateLimited(speed: number): Failure {
  return {
    kind: 'rate_limited',
    retryAfterMs: Math.round(1_000 / speed),
    message: 'Simulated: too many requests, try again in a second.',
  }
}

function overloaded(): Failure {
  return {
    kind: 'provider',
    httpStatus: 529,
    cause: 'transient',
    retryAfterMs: null,
    message: 'Simulated: the provider is overloaded, try again.',
  }
}
