import type { Json } from '../../../shared/json.ts'
import type { Scope } from '../../core/expression.ts'
import { type PlannedMapStage, stagesWithin } from '../../core/plan.ts'
import type { StageOutcome } from '../model/modelStage.ts'
import { fairTurn } from './fairTurn.ts'
import type { ListEnd } from './itemEnd.ts'
import type { InnerOutcome, Within } from './stageCalls.ts'

/** A longer list is refused: its outputs stand in memory together, and in one result. */
const MAX_ELEMENTS = 100_000

/** Runs the stages of a map for each element of its list, and gives their outputs in the order of the list. */
export async function runMapStage(stage: PlannedMapStage, scope: Scope, within: Within): Promise<InnerOutcome> {
  const over = await stage.over.evaluate(scope)
  if (!over.ok) return { kind: 'failed', failure: over.failure }
  if (!Array.isArray(over.value)) throw new Error(`The list of map ${stage.id} is none.`)
  const elements: readonly Json[] = over.value
  if (elements.length > MAX_ELEMENTS) return tooMany(stage, elements.length)
  const ends = await new Elements(stage, elements, { scope: { ...scope }, within }).run()
  if (ends.some((end) => end?.kind === 'suspended')) return { kind: 'suspended' }
  const reason = within.halted()
  return reason === null ? gathered(stage, elements, ends) : { kind: 'skipped', reason }
}

/** undefined: the element was not begun. */
type Ends = readonly (ListEnd | undefined)[]

function gathered(stage: PlannedMapStage, elements: readonly Json[], ends: Ends): StageOutcome {
  const outputs: Json[] = []
  // By index, not by time: which error is told must not depend on who was faster.
  for (let index = 0; index < elements.length; index++) {
    const end = ends[index]
    if (end === undefined || end.kind === 'suspended') return { kind: 'suspended' }
    if (end.kind === 'done') outputs.push(outputOf(end))
    else if (stage.onElementError === 'fail') return failedBy(index, end)
    else if (stage.onElementError === 'collect') outputs.push(asEntry(end))
  }
  return { kind: 'succeeded', output: outputs }
}

/** One map while it goes on: a pool, in which the next element starts as soon as one has ended. */
class Elements {
  readonly #stage: PlannedMapStage
  readonly #elements: readonly Json[]
  readonly #scope: Scope
  readonly #within: Within
  readonly #bound: number
  readonly #ends: (ListEnd | undefined)[] = []
  #active = 0
  #isStopped = false
  #bug: { readonly thrown: unknown } | null = null
  #wake: (() => void) | null = null

  constructor(stage: PlannedMapStage, elements: readonly Json[], { scope, within }: { scope: Scope; within: Within }) {
    this.#stage = stage
    this.#elements = elements
    this.#scope = scope
    this.#within = within
    this.#bound = boundOf(stage)
  }

  async run(): Promise<Ends> {
    for (let index = 0; index < this.#elements.length; index++) {
      while (this.#active >= this.#bound) await this.#oneEnded()
      const turn = fairTurn()
      if (turn !== null) await turn
      if (this.#isStopped || this.#within.calls.isSuspended() || this.#within.halted() !== null) break
      void this.#start(index)
    }
    while (this.#active > 0) await this.#oneEnded()
    if (this.#bug !== null) throw this.#bug.thrown
    return this.#ends
  }

  async #start(index: number): Promise<void> {
    this.#active++
    try {
      const end = await this.#runElement(index)
      this.#ends[index] = end
      const isLost = end.kind === 'failed' && this.#stage.onElementError === 'fail' && !this.#within.calls.isReplay
      if (isLost || (end.kind === 'suspended' && this.#stage.isSequential)) this.#isStopped = true
    } catch (thrown) {
      this.#bug ??= { thrown }
      this.#isStopped = true
    } finally {
      this.#active--
      this.#wake?.()
    }
  }

  async #runElement(index: number): Promise<ListEnd> {
    const { as, inner, isSequential } = this.#stage
    const element = this.#elements[index] ?? null
    const place = { index, total: this.#elements.length }
    const map = isSequential ? { ...place, previous: this.#previous(index) } : place
    const path = `${this.#within.path}/${index + 1}`
    const end = await this.#within.run(inner, { ...this.#scope, [as]: element, map }, path)
    this.#within.calls.innerEnded?.(path, element, end)
    return end
  }

  /** What stands in the list for the element before; null: nothing does. */
  #previous(index: number): Json {
    const before = this.#ends[index - 1]
    if (before?.kind === 'done') return outputOf(before)
    return before?.kind === 'failed' && this.#stage.onElementError === 'collect' ? asEntry(before) : null
  }

  #oneEnded(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve
    })
  }
}

/** A call that elements share can only fill when so many of them wait for it. */
function boundOf(stage: PlannedMapStage): number {
  if (stage.isSequential) return 1
  if (stage.concurrency === 'unbounded') return Number.POSITIVE_INFINITY
  const packs = stagesWithin(stage.inner).map((inner) => (inner.kind === 'model' ? (inner.pack?.size ?? 1) : 1))
  return Math.max(stage.concurrency, ...packs)
}

function outputOf(end: Extract<ListEnd, { kind: 'done' }>): Json {
  return end.status === 'skipped' ? null : end.output
}

type FailedEnd = Extract<ListEnd, { kind: 'failed' }>

function asEntry({ stage, failure }: FailedEnd): Json {
  return { error: { kind: failure.kind, message: failure.message, stage } }
}

function failedBy(index: number, { stage, failure }: FailedEnd): StageOutcome {
  const place = stage === null ? `Element ${index + 1}` : `Element ${index + 1}, stage ${stage}`
  return { kind: 'failed', failure: { ...failure, message: `${place}: ${failure.message}` } }
}

function tooMany({ id }: PlannedMapStage, count: number): StageOutcome {
  const message = `${id} would run for ${count} elements, and a map takes ${MAX_ELEMENTS} at the most. Make larger pieces, or let each be an item of the source.`
  return { kind: 'failed', failure: { kind: 'invalid_input', message } }
}
