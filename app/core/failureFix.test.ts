import { describe, expect, it } from 'vitest'
import { FAILURE_KINDS, type Failure } from '../../shared/failure.ts'
import { NO_USAGE } from '../../shared/usage.ts'
import { type FixableStage, type FixFacts, proposeFix } from './failureFix.ts'

const STAGE: FixableStage = {
  id: 'draft',
  tier: 'standard',
  maxTokens: 1024,
  timeoutMs: 120_000,
  tooLong: 'fail',
  escalate: null,
  policy: { attempts: 5, backoffMs: 1000, repairs: 1 },
}
const TIERS = ['local', 'standard', 'frontier'].map((name) => ({ name, isPriceKnown: name !== 'frontier' }))
const CUT = "The answer was cut off after 1024 tokens by its limit of tokens (maxTokens) or the model's context window."

function fix(kind: Failure['kind'], message: string, changed: Partial<FixFacts> = {}) {
  const error = { stage: 'draft', kind, message }
  return proposeFix({ error, failure: null, model: STAGE, usage: null, tiers: TIERS, ...changed })
}

const stage = (changed: Partial<FixableStage>): Partial<FixFacts> => ({ model: { ...STAGE, ...changed } })
const written = (outputTokens: number): Partial<FixFacts> => ({ usage: { ...NO_USAGE, outputTokens } })
const edits = (place: string) => ({ kind: 'edit', place, stages: {} })

describe('an answer that was cut off', () => {
  it('may be four times as long', () => {
    expect(fix('too_long', CUT)).toEqual({
      kind: 'change',
      label: "Raise the answer's limit to 4,096 tokens",
      why: 'It was cut off at 1,024; only what is written is paid for.',
      stages: { draft: { maxTokens: 4096 } },
      place: null,
    })
  })

  it('is measured by what was written, where the stage has no limit of its own', () => {
    const open = stage({ maxTokens: null })
    expect(fix('too_long', CUT, { ...open, ...written(1020) }).stages).toEqual({ draft: { maxTokens: 4096 } })
    expect(fix('too_long', CUT, open).stages).toEqual({ draft: { maxTokens: 4096 } })
    expect(fix('too_long', 'The answer was cut off.', open)).toMatchObject(edits('chain'))
  })

  it('gets no more than models write', () => {
    expect(fix('too_long', CUT, { ...stage({ maxTokens: 20_000 }), ...written(20_000) }).stages).toEqual({
      draft: { maxTokens: 32_768 },
    })
    expect(fix('too_long', CUT, { ...stage({ maxTokens: 32_768 }), ...written(32_768) })).toMatchObject(edits('chain'))
  })

  it('needs a model with more room where the context ended it', () => {
    const context = "The answer was cut off after 700 tokens by the end of the model's context window."
    for (const proposed of [fix('too_long', context), fix('too_long', CUT, written(700))])
      expect(proposed).toMatchObject({ kind: 'change', stages: { draft: { tier: 'frontier' } } })
    expect(fix('too_long', context, stage({ tier: 'frontier' }))).toMatchObject(edits('chain'))
  })
})

it('asks a question that is too long in parts, where it is not done already', () => {
  const message = 'The input has about 9120 tokens, over the limit of 8192 (what the model can take).'
  const failure: Failure = { kind: 'too_long', raw: null, message }
  for (const proposed of [
    fix('too_long', message),
    fix('too_long', message, { failure, ...stage({ tooLong: 'truncate' }) }),
  ])
    expect(proposed).toMatchObject({ kind: 'change', stages: { draft: { tooLong: 'split' } } })
  expect(fix('too_long', message, stage({ tooLong: 'split' }))).toMatchObject(edits('chain'))
  expect(fix('too_long', message, { model: null })).toMatchObject(edits('chain'))
})

it('asks a better tier where an answer stays invalid, else for more repairs', () => {
  expect(fix('invalid_output', 'x')).toMatchObject({
    kind: 'change',
    label: 'Ask frontier where the answer stays invalid',
    why: expect.stringContaining('What it costs is not known.'),
    stages: { draft: { escalate: 'frontier' } },
  })
  const repaired = { kind: 'change', label: 'Allow 3 repairs of an answer', stages: { draft: { repair: 3 } } }
  expect(fix('invalid_output', 'x', stage({ escalate: 'frontier' }))).toMatchObject(repaired)
  expect(fix('invalid_output', 'x', stage({ tier: 'frontier' }))).toMatchObject(repaired)
  expect(fix('invalid_output', 'x', stage({ tier: 'gone' }))).toMatchObject(repaired)
  const most = { attempts: 5, backoffMs: 1, repairs: 5 }
  expect(fix('invalid_output', 'x', stage({ tier: 'frontier', policy: most }))).toMatchObject(edits('chain'))
})

it('asks a better tier what a model declines', () => {
  expect(fix('refused', 'No.')).toMatchObject({
    label: 'Ask frontier instead',
    stages: { draft: { tier: 'frontier' } },
  })
  expect(fix('refused', 'No.', stage({ tier: 'local' })).why).not.toContain('costs')
  expect(fix('refused', 'No.', stage({ tier: 'frontier' }))).toMatchObject(edits('chain'))
  expect(fix('refused', 'No.', { model: null })).toMatchObject(edits('chain'))
})

it('waits three times as long for an answer that did not come in time, an hour at the most', () => {
  expect(fix('timeout', 'No answer within 120 s.')).toMatchObject({
    label: 'Wait up to 6 min for an answer',
    stages: { draft: { timeout: 360 } },
  })
  expect(fix('timeout', '', stage({ timeoutMs: 3_600_000 }))).toMatchObject({ kind: 'retry' })
  expect(fix('timeout', '', { model: null })).toMatchObject({ kind: 'retry' })
})

it('tells of a provider’s failure what it means, by its cause or by what it says', () => {
  const of = (cause: 'transient' | 'request' | 'backend') =>
    fix('provider', '', { failure: { kind: 'provider', cause, httpStatus: null, retryAfterMs: null, message: '' } })
  expect([of('transient'), of('request'), of('backend')]).toMatchObject([
    { kind: 'retry', label: 'Ask again' },
    edits('chain'),
    edits('settings'),
  ])
  expect([
    fix('provider', 'OpenAI answered 503: busy'),
    fix('provider', 'The connection to OpenAI at https://api.openai.com failed (ECONNRESET).'),
    fix('provider', 'a.example answered 429: slow. It asks to wait 20 minutes.'),
    fix('provider', 'OpenAI refused the request (400): no'),
    fix('provider', 'LM Studio at http://127.0.0.1:1234/v1 knows no such model or address (404)'),
  ]).toMatchObject([{ kind: 'retry' }, { kind: 'retry' }, { kind: 'retry' }, edits('chain'), edits('settings')])
})

it('sends the person to where the rest is put right, and asks again what heals by itself', () => {
  expect(fix('rate_limited', '')).toMatchObject({ kind: 'retry' })
  expect(fix('cancelled', '')).toMatchObject({ kind: 'retry' })
  expect(fix('internal', '')).toMatchObject({ kind: 'retry', why: expect.stringContaining('report') })
  expect(fix('auth', '')).toMatchObject(edits('settings'))
  expect(fix('expression', '')).toMatchObject(edits('chain'))
  expect(fix('invalid_input', '')).toMatchObject(edits('chain'))
  expect(fix('source', '', { model: null })).toMatchObject(edits('items'))
})

it('has a label, a reason, and stages or a place exactly where they belong, for every kind', () => {
  for (const kind of FAILURE_KINDS)
    for (const model of [STAGE, null]) {
      const { label, why, stages, place, kind: way } = fix(kind, 'Whatever.', { model })
      expect([label.length > 5 && !label.endsWith('.'), why.endsWith('.')]).toEqual([true, true])
      expect([way === 'change', way === 'edit']).toEqual([Object.keys(stages).length > 0, place !== null])
    }
})
