import { describe, expect, it } from 'vitest'
import { anthropicLimits, openAILimits } from './providerLimits.ts'

const openAI = (of: string, [limit, remaining, reset]: readonly [string, string, string]) => ({
  [`x-ratelimit-limit-${of}`]: limit,
  [`x-ratelimit-remaining-${of}`]: remaining,
  [`x-ratelimit-reset-${of}`]: reset,
})
const anthropic = (of: string, [limit, remaining, reset]: readonly [string, string, string]) => ({
  [`anthropic-ratelimit-${of}-limit`]: limit,
  [`anthropic-ratelimit-${of}-remaining`]: remaining,
  [`anthropic-ratelimit-${of}-reset`]: reset,
})
const NOON = Date.UTC(2026, 0, 1, 12)
const readOpenAI = (...headers: readonly Record<string, string>[]) =>
  openAILimits(new Headers(Object.assign({}, ...headers)))
const readAnthropic = (...headers: readonly Record<string, string>[]) =>
  anthropicLimits(new Headers(Object.assign({}, ...headers)), NOON)

describe('what OpenAI says of its limits', () => {
  it('is requests and tokens a minute, what is left of them and when they are whole again', () => {
    const limits = readOpenAI(
      openAI('requests', ['5000', '4999', '12ms']),
      openAI('tokens', ['160000', '80000', '30s']),
    )
    expect(limits).toEqual({
      requests: { perMinute: 5000, remaining: 4999, resetMs: 12 },
      tokens: { perMinute: 160000, remaining: 80000, resetMs: 30_000 },
    })
  })
  it.each([
    ['6m0s', 360_000],
    ['120ms', 120],
    ['1s', 1000],
    ['2m59.56s', 179_560],
    ['1h0m1s', 3_601_000],
    ['1d2h', 93_600_000],
    ['7', 7000],
    ['0s', 0],
    ['soon', null],
    ['6m0', null],
  ])('gives the time as %s', (reset, resetMs) => {
    expect(readOpenAI(openAI('requests', ['60', '60', reset]))?.requests?.resetMs).toBe(resetMs)
  })
  it.each([
    ['200', '199', '7m12s'],
    ['10000', '9999', '8.64s'],
    ['14400', '14370', '2m59.56s'],
    ['1000', '0', '24h0m0s'],
  ])('may be a limit by the day, which is none by the minute: %s, %s left, whole in %s', (limit, remaining, reset) => {
    expect(readOpenAI(openAI('requests', [limit, remaining, reset]))?.requests?.perMinute).toBeNull()
  })
  it.each([
    ['150000000', '149999976', '0s'],
    ['10000000', '9999976', '1ms'],
    ['60', '0', '1m0s'],
    ['60', '20', '41s'],
  ])('is a limit by the minute for all the rounding: %s, %s left, whole in %s', (limit, remaining, reset) => {
    expect(readOpenAI(openAI('tokens', [limit, remaining, reset]))?.tokens?.perMinute).toBe(Number(limit))
  })
  it('is nothing where there are no such headers, or where they say that there is no limit', () => {
    expect(readOpenAI({ 'content-type': 'application/json' })).toBeNull()
    expect(readOpenAI(openAI('tokens', ['-1', '-1', '0']))).toBeNull()
  })
  it('may be one of the two, and only a part of it', () => {
    expect(readOpenAI({ 'x-ratelimit-limit-tokens': '1000' })).toEqual({
      requests: null,
      tokens: { perMinute: 1000, remaining: null, resetMs: null },
    })
  })
})

describe('what Anthropic says of its limits', () => {
  it('is requests and tokens a minute, and when they are whole again by its own clock', () => {
    const headers = [
      { date: 'Thu, 01 Jan 2026 11:00:00 GMT' },
      anthropic('requests', ['1000', '999', '2026-01-01T11:00:00Z']),
      anthropic('tokens', ['96000', '48000', '2026-01-01T11:00:30Z']),
    ]
    expect(readAnthropic(...headers)).toEqual({
      requests: { perMinute: 1000, remaining: 999, resetMs: 0 },
      tokens: { perMinute: 96000, remaining: 48000, resetMs: 30_000 },
    })
  })
  it('is measured by this clock where it does not say its own time', () => {
    expect(readAnthropic(anthropic('requests', ['50', '0', '2026-01-01T12:00:10Z']))?.requests?.resetMs).toBe(10_000)
  })
  it('is as much of all tokens as the scarcest of questions and answers leaves', () => {
    const headers = [
      anthropic('tokens', ['96000', '81000', '2026-01-01T12:00:10Z']),
      anthropic('input-tokens', ['80000', '80000', '2026-01-01T12:00:00Z']),
      anthropic('output-tokens', ['16000', '1000', '2026-01-01T12:00:56Z']),
    ]
    expect(readAnthropic(...headers)?.tokens).toEqual({ perMinute: 96000, remaining: 6000, resetMs: 56_000 })
  })
  it('is the sum of questions and answers where nothing is said of both', () => {
    const headers = [
      anthropic('input-tokens', ['80000', '40000', '2026-01-01T12:00:30Z']),
      anthropic('output-tokens', ['20000', '20000', '2026-01-01T12:00:00Z']),
    ]
    expect(readAnthropic(...headers)?.tokens).toEqual({ perMinute: 100_000, remaining: 50_000, resetMs: 30_000 })
  })
  it('is nothing left where one of them has nothing left', () => {
    const headers = [
      anthropic('tokens', ['96000', '80000', '2026-01-01T12:00:10Z']),
      anthropic('output-tokens', ['16000', '0', '2026-01-01T12:01:00Z']),
    ]
    expect(readAnthropic(...headers)?.tokens).toMatchObject({ remaining: 0, resetMs: 60_000 })
  })
  it('is nothing where there are no such headers', () => {
    expect(readAnthropic({ 'content-type': 'application/json' })).toBeNull()
  })
})
