import type { PlannedModelStage } from '../../core/plan.ts'
import type { Fingerprint } from '../../ports/fingerprint.ts'
import type { TierModel } from '../../ports/models.ts'
import type { AttemptRecord, RememberedCell, RunStore } from '../../ports/runStore.ts'
import { AnswerFilter } from './answerFilter.ts'

/** What a cell asks, as far as its answer depends on it. */
export interface Asking {
  readonly stage: PlannedModelStage
  /** The stage's own tier, or the better one that has answered in its place. */
  readonly targets: readonly { readonly model: Pick<TierModel, 'address' | 'model'> }[]
  readonly instructions: string | null
  readonly prompt: string
  /** What the images are, as base64. */
  readonly images: readonly string[]
  /** It is answered together with other items. */
  readonly isShared: boolean
}

/**
 * The answers of a workspace, by what was asked: every attempt in the database that has succeeded, and those on their way
 * there. Nothing is kept twice: an attempt carries a fingerprint of its cell's question.
 *
 * How long an answer may be is no part of the question: one that came to its end is as good under another limit, as long
 * as it keeps to it.
 */
export class Memory {
  readonly #store: Pick<RunStore, 'remembered' | 'answeredAsks'>
  readonly #filter: AnswerFilter
  readonly #fingerprint: Fingerprint
  /** Answered, not on disk yet. */
  readonly #fresh = new Map<string, AttemptRecord>()
  /** Questions that are being asked, with what resolves when that is over. */
  readonly #asking = new Map<string, Promise<void>>()
  /** What the questions of a stage to a tier have in common. */
  readonly #common = new WeakMap<PlannedModelStage, Map<string, string>>()

  constructor(store: Pick<RunStore, 'remembered' | 'answeredAsks'>, fingerprint: Fingerprint) {
    this.#store = store
    this.#filter = new AnswerFilter(store)
    this.#fingerprint = fingerprint
  }

  /** Called when a run begins: other programs may have asked since. What they ask while it goes on is not seen. */
  refresh(): Promise<void> {
    return this.#filter.load()
  }

  /** No more is read of the store. */
  close(): void {
    this.#filter.close()
  }

  /** The fingerprint of a question. */
  ask({ stage, targets, instructions, prompt, images, isShared }: Asking): string {
    const common = targets.map((target) => this.#commonOf(stage, target))
    return this.#fingerprint(JSON.stringify([common, instructions, prompt, images, isShared]))
  }

  /**
   * The answer to the first of these questions that has one, no longer than `maxTokens`. `cell`: only what this very cell
   * was answered before.
   */
  recall(asks: readonly string[], maxTokens: number | null, cell: RememberedCell | null): AttemptRecord | null {
    for (const ask of asks) {
      if (!this.#filter.mayBeAnswered(ask)) continue
      const known = (cell === null ? this.#fresh.get(ask) : undefined) ?? this.#store.remembered(ask, cell)
      if (known === null) continue
      if (maxTokens === null || (known.usage?.outputTokens ?? 0) <= maxTokens) return known
    }
    return null
  }

  /**
   * Asks a question that nobody else is asking just now. Whoever comes meanwhile waits for the end of that, and looks for
   * the answer then. Resolves with what ends it; null: `signal` has aborted, nothing is to be asked any more.
   */
  async alone(ask: string, signal: AbortSignal): Promise<(() => void) | null> {
    for (;;) {
      if (signal.aborted) return null
      const other = this.#asking.get(ask)
      if (other === undefined) break
      await firstOf(other, signal)
    }
    let end: () => void = () => undefined
    this.#asking.set(ask, new Promise((resolve) => (end = resolve)))
    return () => {
      this.#asking.delete(ask)
      end()
    }
  }

  /** An answer is there, on its way to disk. */
  keep(attempt: AttemptRecord): void {
    if (attempt.ask === null || attempt.outcome.status !== 'succeeded') return
    this.#filter.add(attempt.ask)
    this.#fresh.set(attempt.ask, attempt)
  }

  /** It is on disk. */
  stored({ ask, run, index, stage }: AttemptRecord): void {
    if (ask === null) return
    const fresh = this.#fresh.get(ask)
    if (fresh?.run === run && fresh.index === index && fresh.stage === stage) this.#fresh.delete(ask)
  }

  #commonOf(stage: PlannedModelStage, { model }: Asking['targets'][number]): string {
    const known = this.#common.get(stage) ?? new Map<string, string>()
    this.#common.set(stage, known)
    const key = `${model.address} ${model.model}`
    const common = known.get(key) ?? JSON.stringify([key, stage.schema, stage.parameters])
    known.set(key, common)
    return common
  }
}

/** Another run may wait for its answer for long: whoever is told to stop does not. */
async function firstOf(other: Promise<void>, signal: AbortSignal): Promise<void> {
  let stop: () => void = () => undefined
  const stopped = new Promise<void>((resolve) => (stop = resolve))
  signal.addEventListener('abort', stop, { once: true })
  await Promise.race([other, stopped])
  signal.removeEventListener('abort', stop)
}
