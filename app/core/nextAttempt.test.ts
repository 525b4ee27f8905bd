import { describe, expect, it } from 'vitest'
import { parseChain } from '../../shared/chainDocument.ts'
import type { Failure } from '../../shared/failure.ts'
import type { Attempt, AttemptOutcome } from '../../shared/trace.ts'
import { type AttemptPolicy, nextAttempt, stopsRun } from './nextAttempt.ts'
import { modelStages } from './plan.ts'
import { planChain } from './planChain.ts'

const POLICY: AttemptPolicy = { attempts: 3, backoffMs: 1000, repairs: 1 }
const OVERLOADED: Failure = { kind: 'provider', cause: 'transient', httpStatus: 500, retryAfterMs: null, message: '' }
const INVALID: Failure = { kind: 'invalid_output', problems: ['n must be integer'], raw: '{}', message: '' }
const limited = (retryAfterMs: number | null): Failure => ({ kind: 'rate_limited', retryAfterMs, message: '' })

function attempts(...outcomes: (Failure | AttemptOutcome)[]): Attempt[] {
  return outcomes.map((outcome, index) => ({
    number: index + 1,
    purpose: 'first',
    tier: 'local',
    model: 'm',
    startedAt: 0,
    latencyMs: 1,
    request: { instructions: null, messages: [] },
    outcome: 'status' in outcome ? outcome : { status: 'failed', failure: outcome },
    usage: null,
    costMicros: null,
    rememberedFrom: null,
    reservedMicros: null,
    pack: null,
  }))
}

/** What a model stage that says nothing of it gets. */
function defaultPolicy(): AttemptPolicy {
  const { chain } = parseChain('jacquard: 1\nstages: { draft: { kind: model, prompt: x } }\n')
  const planned = chain === null ? null : planChain(chain, { params: {}, tiers: {}, stages: {} })
  const [stage] = planned?.ok === true ? modelStages(planned.plan) : []
  if (stage === undefined) throw new Error('This is a chain of one stage.')
  return stage.policy
}

/** Mulberry32: the same dice in every run of the test. */
function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    const mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    const more = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((more ^ (more >>> 14)) >>> 0) / 2 ** 32
  }
}

describe('what follows a cell’s attempts', () => {
  it('is the first call where there are none', () => {
    expect(nextAttempt([], POLICY, 0)).toEqual({ kind: 'call', purpose: 'first', delayMs: 0, isEscalated: false })
  })
  it('is the call again where the last was lost with its process', () => {
    expect(nextAttempt(attempts({ status: 'lost' }), POLICY, 0)).toMatchObject({ kind: 'call', delayMs: 0 })
  })
  it('is nothing where an answer is there', () => {
    expect(nextAttempt(attempts(OVERLOADED, { status: 'succeeded', text: 'a', output: 'a' }), POLICY, 0)).toEqual({
      kind: 'succeeded',
      output: 'a',
    })
  })
  it('is nothing where the answer was remembered, which is no try', () => {
    const [remembered] = attempts({ status: 'succeeded', text: 'a', output: 'a' }).map((attempt) => {
      return { ...attempt, purpose: 'remembered' as const, rememberedFrom: 'r1' }
    })
    const past = [...attempts(OVERLOADED), ...(remembered === undefined ? [] : [remembered])]
    expect(nextAttempt(past, { ...POLICY, attempts: 1 }, 0)).toEqual({ kind: 'succeeded', output: 'a' })
  })
  it('waits twice as long each time', () => {
    const waits = [attempts(OVERLOADED), attempts(OVERLOADED, OVERLOADED)].map((past) => nextAttempt(past, POLICY, 1))
    expect(waits).toEqual([
      { kind: 'call', purpose: 'retry', delayMs: 1000, isEscalated: false },
      { kind: 'call', purpose: 'retry', delayMs: 2000, isEscalated: false },
    ])
  })
  it('spreads the waits down to half', () => {
    expect(nextAttempt(attempts(OVERLOADED), POLICY, 0)).toMatchObject({ delayMs: 500 })
  })
  it('gives up after as many calls as the policy allows', () => {
    expect(nextAttempt(attempts(OVERLOADED, OVERLOADED, OVERLOADED), POLICY, 0)).toEqual({
      kind: 'failed',
      failure: OVERLOADED,
    })
  })
  it('waits at least as long as the server asks', () => {
    expect(nextAttempt(attempts(limited(9000)), POLICY, 0)).toMatchObject({ kind: 'call', delayMs: 9000 })
  })
  it('does not count a rate limit against the item', () => {
    const past = attempts(limited(0), limited(0), limited(0), limited(0), OVERLOADED)
    expect(nextAttempt(past, POLICY, 0)).toMatchObject({ kind: 'call', purpose: 'retry' })
  })
  it('asks for a repair as often as the policy allows, then afresh twice', () => {
    expect(nextAttempt(attempts(INVALID), POLICY, 0)).toEqual({
      kind: 'call',
      purpose: 'repair',
      delayMs: 0,
      isEscalated: false,
    })
    const purposes = [1, 2, 3, 4, 5, 6].map((count) => {
      const step = nextAttempt(attempts(...Array.from({ length: count }, () => INVALID)), POLICY, 0)
      return step.kind === 'call' ? step.purpose : step.kind
    })
    expect(purposes).toEqual(['repair', 'retry', 'repair', 'retry', 'repair', 'failed'])
    expect(nextAttempt(attempts(INVALID), { ...POLICY, repairs: 0 }, 0)).toEqual({ kind: 'failed', failure: INVALID })
  })
  it('brings 500 cells through a tenth of 429, a twentieth of 500, 3 % resets and 5 % broken answers', () => {
    const policy = defaultPolicy()
    const answer = (dice: number): Failure | AttemptOutcome => {
      if (dice < 0.1) return limited(null)
      if (dice < 0.15) return OVERLOADED
      if (dice < 0.18) return { ...OVERLOADED, httpStatus: null }
      return dice < 0.23 ? INVALID : { status: 'succeeded', text: '', output: '' }
    }
    const runs = Array.from({ length: 200 }, (_, seed) => {
      const random = seededRandom(seed)
      let [failed, calls] = [0, 0]
      for (let cell = 0; cell < 500; cell++) {
        const outcomes: (Failure | AttemptOutcome)[] = []
        for (;;) {
          const step = nextAttempt(attempts(...outcomes), policy, random())
          if (step.kind === 'failed') failed++
          if (step.kind !== 'call') break
          calls++
          outcomes.push(answer(random()))
        }
      }
      return { failed, calls }
    })
    expect(Math.max(...runs.map(({ calls }) => calls))).toBeLessThan(800)
    // Chance may bring one cell of 50,000 four broken answers or five errors in a row.
    expect(runs.filter(({ failed }) => failed > 0).length).toBeLessThanOrEqual(4)
    expect(Math.max(...runs.map(({ failed }) => failed))).toBeLessThanOrEqual(1)
  })
  it('is the better tier where the answer stays invalid, with repairs and retries of its own', () => {
    const policy = { ...POLICY, escalates: true }
    const escalated = (...outcomes: (Failure | AttemptOutcome)[]) => {
      const [first, ...rest] = attempts(...outcomes)
      return [
        ...attempts(INVALID, INVALID),
        ...(first === undefined ? [] : [{ ...first, purpose: 'escalate' as const }]),
        ...rest,
      ]
    }
    const following = (...outcomes: (Failure | AttemptOutcome)[]) => nextAttempt(escalated(...outcomes), policy, 0)
    expect(nextAttempt(attempts(INVALID), policy, 0)).toMatchObject({ purpose: 'repair', isEscalated: false })
    expect(following()).toEqual({ kind: 'call', purpose: 'escalate', delayMs: 0, isEscalated: true })
    expect(following({ status: 'lost' })).toMatchObject({ purpose: 'escalate', isEscalated: true })
    expect(following(INVALID)).toMatchObject({ purpose: 'repair', isEscalated: true })
    expect(following(OVERLOADED)).toMatchObject({ purpose: 'retry', isEscalated: true })
    expect(following(INVALID, INVALID)).toEqual({ kind: 'failed', failure: INVALID })
    expect(nextAttempt(attempts(INVALID, INVALID), POLICY, 0)).toMatchObject({ purpose: 'retry', isEscalated: false })
  })
  it('is a shorter question where it may be cut and the model found it too long', () => {
    const question: Failure = { kind: 'too_long', raw: null, message: '' }
    const answer: Failure = { kind: 'too_long', raw: 'half', message: '' }
    const policy = { ...POLICY, cuts: 2 }
    expect(nextAttempt(attempts(question, question), policy, 0)).toMatchObject({ purpose: 'retry', delayMs: 0 })
    expect(nextAttempt(attempts(question, question, question), policy, 0)).toMatchObject({ kind: 'failed' })
    expect(nextAttempt(attempts(answer), policy, 0)).toMatchObject({ kind: 'failed' })
  })
  it('counts a shared call only where it decided something for this item', () => {
    const shared = (outcome: Failure | AttemptOutcome) =>
      attempts(outcome).map((attempt) => ({
        ...attempt,
        pack: { pack: 'p', id: 'k3f', size: 3, reason: 'size' as const },
      }))
    const following = (outcome: Failure | AttemptOutcome) => nextAttempt(shared(outcome), { ...POLICY, attempts: 1 }, 0)
    for (const failure of [INVALID, OVERLOADED, limited(5)])
      expect(following(failure)).toMatchObject({ kind: 'call', purpose: 'first', delayMs: 0 })
    expect(following({ kind: 'refused', ofPack: true, message: '' })).toMatchObject({ kind: 'call', purpose: 'first' })
    expect(following({ kind: 'refused', message: 'It is empty.' })).toMatchObject({ kind: 'failed' })
    expect(following({ status: 'succeeded', text: 'a', output: 'a' })).toMatchObject({ kind: 'succeeded' })
    expect(nextAttempt([...shared(INVALID), ...attempts(INVALID)], POLICY, 0)).toMatchObject({ purpose: 'repair' })
  })
  it.each<Failure>([
    { kind: 'refused', message: '' },
    { kind: 'too_long', raw: null, message: '' },
    { kind: 'too_long', raw: 'half an answ', message: '' },
    { kind: 'auth', httpStatus: 401, message: '' },
    { kind: 'provider', cause: 'request', httpStatus: 422, retryAfterMs: null, message: '' },
    { kind: 'provider', cause: 'backend', httpStatus: 404, retryAfterMs: null, message: '' },
    { kind: 'expression', expression: 'item.x', place: 'stages.draft.prompt', message: '' },
    { kind: 'invalid_input', message: '' },
    { kind: 'source', message: '' },
  ])('never asks again what cannot succeed: $kind', (failure) => {
    expect(nextAttempt(attempts(failure), POLICY, 0)).toEqual({ kind: 'failed', failure })
  })
})

describe('a failure stops the run', () => {
  it('where the key is refused or the model is not known', () => {
    expect(stopsRun({ kind: 'auth', httpStatus: 401, message: '' }, true)).toBe(true)
    expect(
      stopsRun({ kind: 'provider', cause: 'backend', httpStatus: 404, retryAfterMs: null, message: '' }, true),
    ).toBe(true)
  })
  it('where nothing answers, until something has answered once', () => {
    const refused: Failure = { kind: 'provider', cause: 'transient', httpStatus: null, retryAfterMs: null, message: '' }
    expect([stopsRun(refused, false), stopsRun(refused, true), stopsRun(OVERLOADED, false)]).toEqual([
      true,
      false,
      false,
    ])
  })
})
