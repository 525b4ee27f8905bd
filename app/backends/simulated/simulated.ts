import { setImmediate as nextTurn } from 'node:timers/promises'
import type { Failure } from '../../../shared/failure.ts'
import type { Json } from '../../../shared/json.ts'
import { NO_USAGE } from '../../../shared/usage.ts'
import type { Backend, Completion, CompletionRequest } from '../../ports/backend.ts'
import { combineParts } from './combine.ts'
import { type Dice, diceFor, requestKey } from './dice.ts'
import { expandSchema } from './expandSchema.ts'
import { fillSchema } from './fillSchema.ts'
import { latencyMs, wait } from './latency.ts'
import { miscount, type Pack, type PackEntry, type PackRow, readPack } from './pack.ts'
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
      const completion = await complete(request, profile, dice)
      const outputTokens = completion.ok ? completion.usage.outputTokens : 0
      await wait(latencyMs(profile, outputTokens, dice) / speed, signal)
      return completion
    },
  }
}

async function complete(request: CompletionRequest, profile: Profile, dice: Dice): Promise<Completion> {
  const inputTokens = countInputTokens(request)
  if (inputTokens > profile.contextTokens)
    return failed({
      kind: 'too_long',
      message: `The prompt has about ${inputTokens} tokens; ${request.model} takes ${profile.contextTokens}. Shorten it or choose a larger model.`,
      raw: null,
    })
  const text = await answer(request, profile, dice)
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

async function answer(request: CompletionRequest, profile: Profile, dice: Dice): Promise<string> {
  const pack = readPack(request)
  if (pack === null) return answerOne(request, profile, dice)
  const rows: PackRow[] = []
  for (const entry of pack.entries) {
    rows.push(rowFor(entry, { pack, profile, dice }))
    // Two hundred documents take a second: others must get their turn.
    await nextTurn()
  }
  const json = JSON.stringify({ results: miscount(rows, profile.faults.miscounted, dice) })
  return dice('wrapped') < profile.faults.wrapped ? wrap(json) : json
}

/** As the item alone would be answered, but for the faults: those are drawn anew in every call. */
function rowFor(
  { id, single }: PackEntry,
  { pack, profile, dice }: { pack: Pack; profile: Profile; dice: Dice },
): PackRow {
  const text = answerOne(single, withoutTalk(profile), (purpose) => dice(`${id} ${purpose}`))
  const isNoise = text === NO_TEXT
  if (isNoise && pack.takesErrors) return { id, error: NO_TEXT }
  return { id, output: single.schema === null || isNoise ? text : asJson(text) }
}

/** In a pack it is the whole that stands in prose, never one answer. */
function withoutTalk(profile: Profile): Profile {
  return { ...profile, faults: { ...profile.faults, wrapped: 0 } }
}

function asJson(text: string): Json {
  try {
    return JSON.parse(text)
  } catch {
    // An answer that breaks the schema by being no JSON at all.
    return text
  }
}

const NO_TEXT = 'I am sorry, but there is no text here that I can read. Could you send it again?'

function answerOne(request: CompletionRequest, profile: Profile, dice: Dice): string {
  const assignment = readRequest(request)
  const { reading, members, task, parts } = assignment
  const material = { reading, members, task, quality: profile.quality, dice: diceFor(contentKey(request)) }
  if (profile.faults.givesUpOnNoise && !isReadable(reading.text)) return NO_TEXT
  if (request.schema === null) return withImages(plainAnswer(material, parts !== null), assignment)
  const schema = expandSchema(request.schema)
  const combined = parts === null ? undefined : combineParts(parts, schema, { slot: ROOT, material })
  const value = combined ?? fillSchema(schema, ROOT, material) ?? null
  if (dice('invalid') < shareOfInvalid(assignment, profile)) return spoil(value, schema, dice)
  const json = JSON.stringify(value)
  return dice('wrapped') < profile.faults.wrapped ? wrap(json) : json
}

/** What is decided about the text hangs on what is asked of it, not on how the call is made. */
function contentKey(request: CompletionRequest): string {
  return requestKey({ ...request, maxTokens: null, parameters: {} })
}

/** It says of every image what it sees, whatever the answer is about. */
function withImages(text: string, { images }: Assignment): string {
  const unsaid = images.split('\n').filter((sentence) => !text.includes(sentence))
  return [text, ...unsaid].filter((part) => part !== '').join('\n\n')
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
