import type { PackCounts } from '../../../shared/group.ts'
import type { PackShare } from '../../../shared/trace.ts'
import { againPacks, mostAgain } from '../../core/pack/againPacks.ts'
import type { PlannedModelStage, PlannedPack } from '../../core/plan.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Joining, PackMember, PackTask, Room, SharedOutcome } from '../model/modelCell.ts'
import { nextTurn } from '../run/nextTurn.ts'
import { callPack } from './packCall.ts'

interface Parts {
  /** More items may still come to the stages of the run. */
  mayGrow(): boolean
  /** An item has begun to wait: another may start in its place. */
  waits(): void
  readonly clock: Clock
  /** Counts of the run before it was paused; left out: it is a new one. */
  readonly before?: readonly PackCounts[]
}

type SealReason = Exclude<PackShare['reason'], 'again'>

interface Waiting {
  readonly member: PackMember
  end(outcome: SharedOutcome): void
  broke(bug: unknown): void
}

interface OpenPack {
  readonly key: string
  readonly task: PackTask
  readonly pack: PlannedPack
  readonly waiting: Waiting[]
  tokens: number
  readonly timer: AbortController
}

/** Where a stage's packs stand. */
interface Desk {
  readonly open: Map<string, OpenPack>
  readonly size: number
  readonly reasons: { [reason in SealReason]: number }
  calls: number
  answered: number
  again: number
  /** Shared calls that were first ones, and that asked for left-overs. */
  planned: number
  spentAgain: number
}

const NO_COUNTS = { calls: 0, answered: 0, again: 0, reasons: { size: 0, tokens: 0, within: 0, end: 0 } }

/** How long nothing may seem in flight before that is believed: works that only compute take turns of the event loop. */
const IDLE_TURNS = 3
const SAFETY_MS = 1000
/** Where values to group by are many, packs are sealed before they are full: their items stand in memory. */
const MAX_WAITING = 10_000

/**
 * Where items of a run wait for others to share a call with. A pack is sealed when it is full (items or tokens), when its
 * first item has waited long enough, or when nothing is in flight that could bring another: `end`.
 */
export class PackRoom implements Room {
  readonly #parts: Parts
  readonly #before: readonly PackCounts[]
  readonly #desks = new Map<PlannedModelStage, Desk>()
  /** How many of its cells wait, by lane and index of the item. */
  readonly #items = new Map<string, number>()
  #entered = 0
  #waiting = 0
  #isLooking = false
  #watch: AbortController | null = null

  constructor(parts: Parts) {
    this.#parts = parts
    this.#before = parts.before ?? []
  }

  /** Some work of the run is in flight that may bring an item here. Each call of `enter` has its `leave`. */
  enter(): void {
    this.#entered++
  }

  leave(): void {
    this.#entered--
    this.changed()
  }

  /** Something may have ended that packs wait for: called when `mayGrow` says otherwise than before. */
  changed(): void {
    if (this.#waiting > 0 && !this.#isLooking) void this.#look()
  }

  /** Items that wait in open packs. They hold no place among those in flight, or a pack could never fill. */
  waiting(): number {
    return this.#items.size
  }

  counts(): readonly PackCounts[] {
    const now = [...this.#desks].map(([stage, { open, size, reasons, calls, answered, again }]): PackCounts => {
      const waiting = [...open.values()].reduce((sum, pack) => sum + pack.waiting.length, 0)
      return { stage: stage.id, calls, answered, again, waiting, reasons: { ...reasons }, size }
    })
    const isNow = ({ stage }: PackCounts) => now.some((counts) => counts.stage === stage)
    const unmoved = this.#before.filter((counts) => !isNow(counts)).map((counts) => ({ ...counts, waiting: 0 }))
    return [...unmoved, ...now]
  }

  /** An item of a stage with packs was answered alone. */
  answeredAlone(stage: PlannedModelStage): void {
    const desk = this.#desks.get(stage)
    if (desk !== undefined) desk.answered++
  }

  /** Waits for a call and its answer. Between `enter` and `leave` only. */
  join(joining: Joining): Promise<SharedOutcome> {
    const { task, pack, member, tokens } = joining
    const { suspend } = task.calls
    if (suspend.aborted) return Promise.resolve({ kind: 'suspended' })
    const desk = this.#desk(task.stage, pack)
    if (tokens !== null && member.tokens > tokens) {
      desk.calls++
      return Promise.resolve({ kind: 'alone' })
    }
    const key = JSON.stringify([joining.group, task.ownInstructions])
    const before = desk.open.get(key)
    if (before !== undefined && tokens !== null && before.tokens + member.tokens > tokens)
      this.#seal(desk, before, 'tokens')
    return new Promise((end, broke) => {
      const open = desk.open.get(key) ?? this.#begin(desk, key, joining)
      open.waiting.push({ member, end, broke })
      open.tokens += member.tokens
      this.#count(member, 1)
      if (open.waiting.length >= pack.size) this.#seal(desk, open, 'size')
      else if (this.#waiting > MAX_WAITING) this.#sealOldest()
      this.changed()
      this.#keepWatch()
      this.#parts.waits()
    })
  }

  #desk(stage: PlannedModelStage, { size }: PlannedPack): Desk {
    const known = this.#desks.get(stage)
    if (known !== undefined) return known
    const { calls, answered, again, reasons } = this.#before.find((counts) => counts.stage === stage.id) ?? NO_COUNTS
    const desk = { open: new Map(), size, reasons: { ...reasons }, calls, answered, again, planned: 0, spentAgain: 0 }
    this.#desks.set(stage, desk)
    return desk
  }

  #begin(desk: Desk, key: string, { task, pack }: Joining): OpenPack {
    const open: OpenPack = { key, task, pack, waiting: [], tokens: 0, timer: new AbortController() }
    desk.open.set(key, open)
    const { suspend } = task.calls
    suspend.addEventListener('abort', () => this.#dissolve(desk, open), { once: true, signal: open.timer.signal })
    if (pack.withinMs !== null)
      this.#parts.clock.sleep(pack.withinMs, open.timer.signal).then(
        () => this.#seal(desk, open, 'within'),
        () => undefined, // It was sealed before.
      )
    return open
  }

  /** The run is pausing: those that wait have asked nothing yet. */
  #dissolve(desk: Desk, open: OpenPack): void {
    this.#close(desk, open)
    for (const { end } of open.waiting) end({ kind: 'suspended' })
  }

  #close(desk: Desk, open: OpenPack): void {
    desk.open.delete(open.key)
    for (const { member } of open.waiting) this.#count(member, -1)
    open.timer.abort()
    if (this.#waiting === 0) this.#watch?.abort()
  }

  #count({ journal }: PackMember, by: 1 | -1): void {
    this.#waiting += by
    const item = `${journal.lane} ${journal.index}`
    const cells = (this.#items.get(item) ?? 0) + by
    if (cells === 0) this.#items.delete(item)
    else this.#items.set(item, cells)
  }

  #seal(desk: Desk, open: OpenPack, reason: SealReason): void {
    this.#close(desk, open)
    desk.reasons[reason]++
    if (open.waiting.length > 1) desk.planned++
    this.#ask(open.waiting, { reason, parent: null, rounds: 0 }, { desk, task: open.task }).catch((bug: unknown) => {
      for (const { broke } of open.waiting) broke(bug)
    })
  }

  #sealOldest(): void {
    for (const desk of this.#desks.values()) {
      const [oldest] = desk.open.values()
      if (oldest === undefined) continue
      this.#seal(desk, oldest, 'end')
      return
    }
  }

  async #ask(
    waiting: readonly Waiting[],
    cause: { reason: PackShare['reason']; parent: string | null; rounds: number },
    { desk, task }: { desk: Desk; task: PackTask },
  ): Promise<void> {
    const isAgain = cause.parent !== null
    if (waiting.length === 1 || (isAgain && desk.spentAgain >= mostAgain(desk.planned, desk.size))) {
      desk.calls += waiting.length
      for (const { end } of waiting) end({ kind: 'alone' })
      return
    }
    desk.calls++
    if (isAgain) desk.spentAgain++
    const answer = await callPack(
      waiting.map(({ member }) => member),
      cause,
      task,
    )
    if (answer.kind !== 'answered') {
      for (const { end } of waiting) end(answer)
      return
    }
    const open: Waiting[] = []
    for (const [index, one] of waiting.entries()) {
      const row = answer.rows[index]
      if (row?.kind === 'ok') {
        desk.answered++
        one.end({ kind: 'succeeded', output: row.output })
      } else if (row?.kind === 'item_error') {
        const last = one.member.attempts.at(-1)?.outcome
        one.end(last?.status === 'failed' ? { kind: 'failed', failure: last.failure } : { kind: 'suspended' })
      } else {
        open.push(one)
      }
    }
    desk.again += open.length
    const rounds = open.length === waiting.length ? cause.rounds : cause.rounds + 1
    const next = { reason: 'again' as const, parent: answer.pack, rounds }
    const packs = againPacks({ open, size: waiting.length, rounds: cause.rounds })
    await Promise.all(packs.map((pack) => this.#ask(pack, next, { desk, task })))
  }

  /** Seals what is open as soon as nothing is in flight that could still join it. */
  async #look(): Promise<void> {
    this.#isLooking = true
    let idle = 0
    while (this.#waiting > 0 && this.#isIdle()) {
      if (idle++ === IDLE_TURNS) {
        for (const desk of this.#desks.values()) for (const open of desk.open.values()) this.#seal(desk, open, 'end')
        break
      }
      await nextTurn()
    }
    this.#isLooking = false
  }

  #isIdle(): boolean {
    return this.#entered === this.#waiting && !this.#parts.mayGrow()
  }

  /** For safety: that nothing is in flight any more may be seen late, and must be seen. */
  #keepWatch(): void {
    if (this.#waiting === 0 || this.#watch?.signal.aborted === false) return
    const watch = new AbortController()
    this.#watch = watch
    const wait = (): void => {
      this.#parts.clock.sleep(SAFETY_MS, watch.signal).then(
        () => {
          this.changed()
          wait()
        },
        () => undefined, // Nobody waits any more.
      )
    }
    wait()
  }
}
