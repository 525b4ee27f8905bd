import type { Allowance, Completion, ProviderLimits } from '../ports/backend.ts'

interface ReadableHeaders {
  get(name: string): string | null
}

/** `x-ratelimit-limit-requests` and its like, of OpenAI and of many servers that speak its protocol. null: none of them. */
export function openAILimits(headers: ReadableHeaders): ProviderLimits | null {
  return limitsOf(openAIAllowance(headers, 'requests'), openAIAllowance(headers, 'tokens'))
}

/** `anthropic-ratelimit-requests-limit` and its like; `now`: Unix milliseconds. null: none of them. */
export function anthropicLimits(headers: ReadableHeaders, now: number): ProviderLimits | null {
  // Times are by the provider's clock, and this machine's may be wrong.
  const sent = Date.parse(headers.get('date') ?? '')
  const at = Number.isNaN(sent) ? now : sent
  const [requests, tokens, input, output] = ['requests', 'tokens', 'input-tokens', 'output-tokens'].map((of) =>
    anthropicAllowance(headers, of, at),
  )
  return limitsOf(requests ?? null, ofAllTokens(tokens, input, output))
}

export function withLimits(completion: Completion, limits: ProviderLimits | null): Completion {
  return limits === null ? completion : { ...completion, limits }
}

function limitsOf(requests: Allowance | null, tokens: Allowance | null): ProviderLimits | null {
  return requests === null && tokens === null ? null : { requests, tokens }
}

function openAIAllowance(headers: ReadableHeaders, of: 'requests' | 'tokens'): Allowance | null {
  const limit = readLimit(headers.get(`x-ratelimit-limit-${of}`))
  if (limit === null) return null
  const remaining = readCount(headers.get(`x-ratelimit-remaining-${of}`))
  const resetMs = readDuration(headers.get(`x-ratelimit-reset-${of}`))
  return { perMinute: isByTheMinute(limit, remaining, resetMs) ? limit : null, remaining, resetMs }
}

/** Much longer than a minute, so that neither rounding nor a window with fixed ends is taken for a day. */
const LONGER_THAN_A_MINUTE_MS = 90_000

/**
 * Some of these limits are by the day and do not say so (small accounts at OpenAI, requests at Groq). What is used comes
 * back at an even rate, so that the time until it is back tells how long it takes for all.
 */
function isByTheMinute(limit: number, remaining: number | null, resetMs: number | null): boolean {
  if (remaining === null || resetMs === null || remaining >= limit) return true
  // Times are rounded up to a millisecond, which is much where a minute allows millions.
  return ((resetMs - 1) * limit) / (limit - remaining) < LONGER_THAN_A_MINUTE_MS
}

function anthropicAllowance(headers: ReadableHeaders, of: string, at: number): Allowance | null {
  const perMinute = readLimit(headers.get(`anthropic-ratelimit-${of}-limit`))
  if (perMinute === null) return null
  const remaining = readCount(headers.get(`anthropic-ratelimit-${of}-remaining`))
  const reset = Date.parse(headers.get(`anthropic-ratelimit-${of}-reset`) ?? '')
  return { perMinute, remaining, resetMs: Number.isNaN(reset) ? null : Math.max(0, reset - at) }
}

/**
 * Questions and answers are limited each, and sometimes together; calls are counted together here. So it is the limit of
 * both, and of it the share that the scarcest of them has left: a thousand tokens of answers may be little where a
 * thousand tokens in all are much.
 */
function ofAllTokens(
  together: Allowance | null = null,
  input: Allowance | null = null,
  output: Allowance | null = null,
): Allowance | null {
  const parts = [together, input, output].filter((part) => part !== null)
  const [first, ...others] = parts
  if (first === undefined) return null
  const perMinute = together?.perMinute ?? (input?.perMinute ?? 0) + (output?.perMinute ?? 0)
  const scarcest = others.reduce((least, part) => (shareLeft(part) < shareLeft(least) ? part : least), first)
  const share = shareLeft(scarcest)
  const remaining = share === Number.POSITIVE_INFINITY ? null : Math.floor(perMinute * share)
  return { perMinute, remaining, resetMs: scarcest.resetMs }
}

/** Infinity: not known. */
function shareLeft({ perMinute, remaining }: Allowance): number {
  return perMinute === null || perMinute === 0 || remaining === null ? Number.POSITIVE_INFINITY : remaining / perMinute
}

/** null: not said, or no limit, which some servers call 0 or -1. */
function readLimit(value: string | null): number | null {
  const count = readCount(value)
  return count === 0 ? null : count
}

function readCount(value: string | null): number | null {
  return value !== null && /^\d+$/.test(value) ? Number(value) : null
}

const UNIT_MS: Readonly<Record<string, number>> = { d: 86_400_000, h: 3_600_000, m: 60_000, s: 1000, ms: 1 }
const PART = /(\d+(?:\.\d+)?)(d|h|ms|m|s)/g
const DURATION = /^(?:\d+(?:\.\d+)?(?:d|h|ms|m|s))+$/

/** `6m0s`, `120ms`, `2m59.56s`; a number alone means seconds (Azure). null: none of these. */
function readDuration(value: string | null): number | null {
  if (value === null) return null
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000
  if (!DURATION.test(value)) return null
  let ms = 0
  for (const [, count, unit = 's'] of value.matchAll(PART)) ms += Number(count) * (UNIT_MS[unit] ?? 0)
  return Math.round(ms)
}
