import type { Failure } from '../../../shared/failure.ts'
import type { AttemptOutcome } from '../../../shared/trace.ts'
import type { Scope } from '../../core/expression.ts'
import { type AttemptPolicy, nextAttempt } from '../../core/nextAttempt.ts'
import type { PlannedFetchStage } from '../../core/plan.ts'
import type { Clock } from '../../ports/clock.ts'
import type { AttemptRecord } from '../../ports/runStore.ts'
import type { WebAnswer, WebClient, WebRequest } from '../../ports/webClient.ts'
import { type CallEnd, type Limiters, NOTHING_LEARNED, type Permit } from '../model/limiter.ts'
import type { CellJournal, StageOutcome } from '../model/modelStage.ts'
import { type RenderedFetch, renderFetchStage } from './renderFetch.ts'

/** Requests in flight to one host at the most, over all runs of this process. */
const PER_HOST = { concurrency: 4, requestsPerMinute: null, tokensPerMinute: null }
/** A server that wants to be left alone for longer fails the stage; nobody waits for hours unasked. */
const MAX_RETRY_AFTER_MS = 600_000

/** What the fetch stages of a run share. */
export interface FetchCalls {
  readonly web: WebClient
  readonly limiters: Limiters
  readonly clock: Clock
  /** Aborts when no new request may start. */
  readonly suspend: AbortSignal
  /** Aborts when requests in flight are to be given up. */
  readonly abort: AbortSignal
}

/** Runs one cell of a fetch stage to its end. */
export async function runFetchStage(stage: PlannedFetchStage, scope: Scope, cell: FetchCell): Promise<StageOutcome> {
  const rendered = await renderFetchStage(stage, scope)
  return rendered.ok ? ask(stage, rendered, cell) : { kind: 'failed', failure: rendered.failure }
}

interface FetchCell {
  readonly calls: FetchCalls
  readonly journal: CellJournal
}

type Asked = Extract<RenderedFetch, { ok: true }>

/** Asks until the attempts so far say that the cell is decided (core/nextAttempt.ts). */
async function ask(stage: PlannedFetchStage, asked: Asked, { calls, journal }: FetchCell): Promise<StageOutcome> {
  const attempts = [...journal.attempts]
  for (;;) {
    const counted = attempts.filter((attempt) => !attempt.forgotten)
    const step = nextAttempt(counted, policyFor(stage, counted), calls.clock.random())
    if (step.kind !== 'call') return step
    if (step.purpose === 'retry') {
      journal.state('retrying', calls.clock.now() + step.delayMs)
      if (!(await waits(calls, step.delayMs))) return { kind: 'suspended' }
    }
    const attempt = await askOnce(asked, { calls, journal, purpose: step.purpose, number: attempts.length + 1 })
    if (attempt === null) return { kind: 'suspended' }
    attempts.push(attempt)
    if (attempt.outcome.status === 'failed' && attempt.outcome.failure.kind === 'cancelled')
      return { kind: 'suspended' }
  }
}

/**
 * What may change something at the server is asked for again only where the server has said that it did nothing; no one
 * knows how far a request came whose answer is not there.
 */
export function policyFor({ method, policy }: PlannedFetchStage, attempts: readonly AttemptRecord[]): AttemptPolicy {
  if (method === 'GET' || method === 'HEAD') return policy
  const outcome = attempts.at(-1)?.outcome
  const isUntouched =
    outcome?.status === 'failed' && outcome.failure.kind === 'provider' && outcome.failure.httpStatus === 503
  return isUntouched ? policy : { ...policy, attempts: 1 }
}

async function waits({ clock, suspend }: FetchCalls, ms: number): Promise<boolean> {
  try {
    await clock.sleep(ms, suspend)
    return true
  } catch (reason) {
    if (suspend.aborted) return false
    throw reason
  }
}

interface OneRequest extends FetchCell {
  readonly purpose: AttemptRecord['purpose']
  readonly number: number
}

/** One attempt: written down before the request, closed once after it. null: the run is pausing, none was made. */
async function askOnce(
  { request, shown }: Asked,
  { calls, journal, purpose, number }: OneRequest,
): Promise<AttemptRecord | null> {
  const { clock } = calls
  const limiter = calls.limiters.get(`web:${new URL(request.url).host}`, PER_HOST)
  const permit = await limiter.acquire(calls.suspend, 0)
  if (permit === null) return null
  journal.state('running')
  const started = clock.elapsed()
  const open: AttemptRecord = {
    run: journal.run,
    lane: journal.lane,
    index: journal.index,
    stage: journal.path,
    number,
    purpose,
    tier: null,
    model: null,
    startedAt: clock.now(),
    latencyMs: null,
    request: { instructions: null, messages: [{ role: 'user', text: shown }] },
    outcome: { status: 'running' },
    usage: null,
    costMicros: 0,
    rememberedFrom: null,
    reservedMicros: null,
    ask: null,
    pack: null,
    forgotten: false,
  }
  journal.started(open)
  const outcome = await outcomeWith(permit, calls, request)
  const attempt: AttemptRecord = { ...open, latencyMs: clock.elapsed() - started, outcome }
  journal.ended(attempt)
  return attempt
}

async function outcomeWith(permit: Permit, { web, abort }: FetchCalls, request: WebRequest): Promise<AttemptOutcome> {
  let end = NOTHING_LEARNED
  try {
    const outcome = outcomeOf(await web.request(request, abort), request)
    end = endOf(outcome)
    return outcome
  } finally {
    permit.release(end)
  }
}

/** What the requests after this one can learn from it. */
function endOf(outcome: AttemptOutcome): CallEnd {
  if (outcome.status === 'succeeded') return { ...NOTHING_LEARNED, outcome: 'answered' }
  if (outcome.status !== 'failed') return NOTHING_LEARNED
  const { failure } = outcome
  const retryAfterMs = 'retryAfterMs' in failure ? failure.retryAfterMs : null
  const refused = failure.kind === 'rate_limited' || (failure.kind === 'provider' && failure.httpStatus === 503)
  return { ...NOTHING_LEARNED, outcome: refused ? 'refused' : 'failed', retryAfterMs }
}

/** Of an answer that is there, its status says whether it is one: 404 is, a server that is out of order is not. */
function outcomeOf(answer: WebAnswer, { url }: WebRequest): AttemptOutcome {
  if (!answer.ok) return { status: 'failed', failure: answer.failure }
  const { status, headers, text, json, retryAfterMs } = answer
  const { host } = new URL(url)
  if (status !== 429 && status !== 408 && status < 500)
    return {
      status: 'succeeded',
      text: `${status}, ${text.length} characters`,
      output: { status, headers, text, json },
    }
  const message = `${host} answered ${status}${said(text)}`
  if (retryAfterMs !== null && retryAfterMs > MAX_RETRY_AFTER_MS) {
    const wait = `${message} It asks to wait ${Math.round(retryAfterMs / 60_000)} minutes.`
    return failed({ kind: 'provider', httpStatus: status, cause: 'request', retryAfterMs: null, message: wait })
  }
  if (status === 429) return failed({ kind: 'rate_limited', retryAfterMs, message })
  return failed({ kind: 'provider', httpStatus: status, cause: 'transient', retryAfterMs, message })
}

function failed(failure: Failure): AttemptOutcome {
  return { status: 'failed', failure }
}

/** What a server says of its trouble, in short: it may be a whole page. */
function said(text: string): string {
  const line = text
    .slice(0, 10_000)
    .replace(/<(style|script)\b.*?<\/\1>|<[^>]*>/gis, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return line === '' ? '.' : `: ${line.length > 300 ? `${line.slice(0, 300)}…` : line}`
}
