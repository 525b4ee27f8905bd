import { ulid } from 'ulid'
import type { Failure } from '../../../shared/failure.ts'
import type { Json } from '../../../shared/json.ts'
import type { AttemptOutcome, PackShare } from '../../../shared/trace.ts'
import { waitBeforeRetry } from '../../core/nextAttempt.ts'
import { packIds } from '../../core/pack/packIds.ts'
import { type PackPrompt, packPrompt } from '../../core/pack/packPrompt.ts'
import { readPack } from '../../core/pack/readPack.ts'
import { type Row, reconcile } from '../../core/pack/reconcile.ts'
import { shareOut } from '../../core/pack/shareOut.ts'
import type { PlannedModelStage } from '../../core/plan.ts'
import { estimateTokens } from '../../core/tokens.ts'
import type { CompletionRequest } from '../../ports/backend.ts'
import type { AttemptRecord, PackRecord } from '../../ports/runStore.ts'
import { callModel, type MadeCall, standsStill, waits } from '../model/callModel.ts'
import type { PackMember, PackTask } from '../model/modelCell.ts'
import { isPaid } from '../model/mostMicros.ts'
import { joined } from '../model/renderModelStage.ts'

/** Why a call is made. */
export interface PackCause {
  readonly reason: PackShare['reason']
  /** The call whose left-overs it asks for; null: a first one. */
  readonly parent: string | null
}

/** What a call came to. */
export type PackEnd =
  /** One row for each member, in their order; all of them missing: the call was in vain. */
  | { readonly kind: 'answered'; readonly pack: string; readonly rows: readonly Row[] }
  /** Asking again does not help, whoever is asked for. */
  | { readonly kind: 'failed'; readonly failure: Failure }
  | { readonly kind: 'suspended' }

/** Makes one call for several items, again where the provider's trouble may pass. Each member gets its own attempts. */
export async function callPack(members: readonly PackMember[], cause: PackCause, task: PackTask): Promise<PackEnd> {
  const { stage, calls } = task
  const target = calls.own
  const failures: Failure[] = []
  let parent = cause.parent
  for (;;) {
    const call = new OneCall(members, { ...cause, parent }, task)
    const made = await callModel({
      calls,
      target,
      request: call.request,
      timeoutMs: stage.timeoutMs,
      starts: (reservedMicros) => call.start(reservedMicros),
    })
    if (made === null) return { kind: 'suspended' }
    const { completion } = made
    const failure = completion.ok ? null : completion.failure
    const text = completion.ok ? completion.text : rawOf(completion.failure)
    const found = text === null ? null : readPack(text, call.ids, failure !== null)
    const rows = rowsOf(call.ids, found, stage)
    call.end(made, { text, rows, failure: failureOfOthers(failure, found !== null) })
    if (failure === null || found !== null) return { kind: 'answered', pack: call.pack, rows }
    if (failure.kind === 'cancelled' || standsStill(stage, failure, { calls, target })) return { kind: 'suspended' }
    failures.push(failure)
    const delayMs = waitBeforeRetry(failures, stage.policy, calls.clock.random())
    if (delayMs === null) {
      return isOfItems(failure) ? { kind: 'answered', pack: call.pack, rows } : { kind: 'failed', failure }
    }
    for (const { journal } of members) journal.state('retrying', calls.clock.now() + delayMs)
    if (!(await waits(calls, delayMs))) return { kind: 'suspended' }
    parent = call.pack
  }
}

/** The call was in vain for what is in it, so that a smaller one may not be. */
function isOfItems(failure: Failure): boolean {
  return (
    failure.kind === 'too_long' ||
    failure.kind === 'refused' ||
    (failure.kind === 'provider' && failure.cause === 'request')
  )
}

function rawOf(failure: Failure): string | null {
  return failure.kind === 'too_long' ? failure.raw : null
}

function rowsOf(ids: readonly string[], found: readonly Json[] | null, { check }: PlannedModelStage): readonly Row[] {
  const { items } = reconcile(ids, found ?? [], check)
  return ids.map((id) => items.get(id) ?? { kind: 'missing' })
}

/** What is said of items without a row. The answer as it came is kept once, with the call. */
function failureOfOthers(failure: Failure | null, hasRows: boolean): Failure | null {
  if (failure?.kind === 'too_long') return { ...failure, raw: failure.raw === null ? null : '' }
  if (failure?.kind === 'refused') return { ...failure, ofPack: true }
  if (failure !== null || hasRows) return failure
  return again('has no results that could be read', '', ['there are no results in the answer'])
}

interface Answer {
  /** null: none came. */
  readonly text: string | null
  readonly rows: readonly Row[]
  /** What went wrong for all that have no row; null: nothing. */
  readonly failure: Failure | null
}

class OneCall {
  readonly pack = ulid()
  readonly ids: readonly string[]
  readonly request: CompletionRequest
  readonly #members: readonly PackMember[]
  readonly #task: PackTask
  readonly #cause: PackCause
  readonly #prompt: PackPrompt
  #open: readonly AttemptRecord[] = []

  constructor(members: readonly PackMember[], cause: PackCause, task: PackTask) {
    const { stage, calls, instructions } = task
    const { model } = calls.own
    this.ids = packIds(members.length)
    this.#members = members
    this.#task = task
    this.#cause = cause
    const entries = members.map(({ subject }, index) => ({ id: this.ids[index] ?? '', input: subject }))
    this.#prompt = packPrompt(entries, stage.schema)
    this.request = {
      model: model.model,
      instructions: joined(instructions, this.#prompt.rules),
      keepInstructions: stage.keepInstructions,
      messages: [{ role: 'user', text: this.#prompt.message }],
      schema: this.#prompt.schema,
      maxTokens:
        mostTokens(stage.maxTokens ?? model.maxTokens, members.length) ??
        (calls.budget.isLimited && isPaid(model) ? MOST_TOKENS : null),
      parameters: stage.parameters,
    }
  }

  /** Writes the call and everybody's part in it down, before it is made. */
  start(reservedMicros: number | null): void {
    const { calls, ownInstructions } = this.#task
    const { tier, model } = calls.own
    const startedAt = calls.clock.now()
    this.#members[0]?.journal.packed(this.#record(null))
    this.#open = this.#members.map(({ journal, attempts, prompt, ask }, index): AttemptRecord => {
      return {
        run: journal.run,
        lane: journal.lane,
        index: journal.index,
        stage: journal.path,
        number: attempts.length + 1,
        purpose: attempts.length === 0 ? 'first' : 'retry',
        tier,
        model: model.model,
        startedAt,
        latencyMs: null,
        request: { instructions: ownInstructions, messages: [{ role: 'user', text: prompt }] },
        outcome: { status: 'running' },
        usage: null,
        costMicros: null,
        rememberedFrom: null,
        // Of the whole call, once: what is set aside is not shared out.
        reservedMicros: index === 0 ? reservedMicros : null,
        ask,
        pack: { pack: this.pack, id: this.ids[index] ?? '', size: this.#members.length, reason: this.#cause.reason },
        forgotten: false,
      }
    })
    for (const [index, { journal }] of this.#members.entries()) {
      const attempt = this.#open[index]
      if (attempt === undefined) continue
      journal.state('running')
      journal.started(attempt)
    }
  }

  end({ completion, latencyMs, costMicros, uncertainMicros }: MadeCall, { text, rows, failure }: Answer): void {
    const { calls, instructions } = this.#task
    const { usage } = completion
    const inputMicros = usage === null ? 0 : (calls.own.model.costMicros({ ...usage, outputTokens: 0 }) ?? 0)
    const fixedTokens = estimateTokens(`${instructions ?? ''}${this.#prompt.rules}`)
    const shares = shareOut(
      { usage, costMicros, inputMicros, fixedTokens },
      this.#members.map(({ tokens }, index) => ({ input: tokens, output: rowLength(rows[index]) })),
    )
    if (text !== null) this.#members[0]?.journal.packed(this.#record(text))
    for (const [index, { journal, attempts }] of this.#members.entries()) {
      const open = this.#open[index]
      if (open === undefined) continue
      const attempt: AttemptRecord = {
        ...open,
        ...(completion.ok ? { model: completion.model } : {}),
        latencyMs,
        outcome: outcomeOf(rows[index] ?? { kind: 'missing' }, failure),
        usage: shares[index]?.usage ?? null,
        costMicros: shares[index]?.costMicros ?? null,
        reservedMicros: index === 0 ? uncertainMicros : null,
      }
      attempts.push(attempt)
      calls.memory.keep(attempt)
      journal.ended(attempt)
    }
  }

  #record(answer: string | null): PackRecord {
    const { stage, ownInstructions } = this.#task
    const { rules, message } = this.#prompt
    return {
      run: this.#members[0]?.journal.run ?? '',
      pack: this.pack,
      stage: stage.id,
      parent: this.#cause.parent,
      reason: this.#cause.reason,
      request: { instructions: joined(ownInstructions, rules), messages: [{ role: 'user', text: message }] },
      answer,
    }
  }
}

/** Id, quotes and brackets around one answer. */
const ROW_TOKENS = 24
/** More than one answer's worth is asked for up to here only: beyond it many models refuse the call. */
const MOST_TOKENS = 16_384

function mostTokens(ofOne: number | null, answers: number): number | null {
  return ofOne === null ? null : Math.max(ofOne, Math.min(answers * (ofOne + ROW_TOKENS), MOST_TOKENS))
}

function rowLength(row: Row | undefined): number {
  if (row === undefined || row.kind === 'missing') return 0
  return JSON.stringify(row.kind === 'duplicate' ? row.rows : row.row).length
}

function outcomeOf(row: Row, failure: Failure | null): AttemptOutcome {
  switch (row.kind) {
    case 'ok':
      return { status: 'succeeded', text: JSON.stringify(row.row), output: row.output }
    case 'item_error':
      return failed({ kind: 'refused', message: `The model says that it cannot answer: ${row.message}` })
    case 'missing':
      return failed(failure ?? again('has no answer for this item', '', ['there is no entry for this item']))
    case 'duplicate':
      return failed(again('has different answers for this item', JSON.stringify(row.rows), ['the entries differ']))
    case 'invalid':
      return failed(again('has an answer for this item that does not fit', JSON.stringify(row.row), row.problems))
  }
}

function failed(failure: Failure): AttemptOutcome {
  return { status: 'failed', failure }
}

function again(what: string, raw: string, problems: readonly string[]): Failure {
  const message = `The shared call ${what}: ${problems.slice(0, 3).join('; ')}.`
  return { kind: 'invalid_output', message, problems: [...problems], raw }
}
