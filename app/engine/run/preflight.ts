import { formatBytes } from '../../../shared/format.ts'
import type { PauseReason } from '../../../shared/run.ts'
import type { Backend } from '../../ports/backend.ts'
import type { Clock } from '../../ports/clock.ts'
import type { TierModel } from '../../ports/models.ts'

/** What was fine is not asked for again for so long. */
const REMEMBERED_MS = 600_000

/** The database's journal alone takes some megabytes; an item of one stage takes about two kilobytes with a short answer. */
const LEAST_FREE_BYTES = 20_000_000
const LEAST_ITEM_BYTES = 2000

/** What a run will call. */
export type PreflightTarget = Pick<TierModel, 'tier' | 'backend' | 'model'>

interface Surroundings {
  readonly signal: AbortSignal
  /** On the disk that results are stored on; null: not known. */
  readonly freeBytes: number | null
  /** As far as they are counted. */
  readonly items: number
}

/** Looks, before the first item, for what no item could do anything about. One for all runs of this process. */
export class Preflight {
  readonly #clock: Clock
  /** Until when a model of a backend is known to be fine. */
  readonly #fineUntil = new WeakMap<Backend, Map<string, number>>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  /**
   * Why the run cannot go on; null: nothing stands against it. Each model of a backend is asked for once, all at the same time
   * and without calling them. Rejects only with the reason of `signal`.
   */
  async check(targets: readonly PreflightTarget[], around: Surroundings): Promise<PauseReason | null> {
    const full = diskFull(around)
    if (full !== null) return full
    const reasons = await Promise.all(distinct(targets).map((target) => this.#checkTarget(target, around.signal)))
    return reasons.find((reason) => reason !== null) ?? null
  }

  async #checkTarget({ tier, backend, model }: PreflightTarget, signal: AbortSignal): Promise<PauseReason | null> {
    if (backend.check === undefined || this.#isFine(backend, model)) return null
    const failure = await backend.check(model, signal)
    if (failure === null) {
      this.#rememberFine(backend, model)
      return null
    }
    const happened = `Tier ${tier}: ${sentence(failure.message)}`
    const kept = 'No call was made, and results so far are kept.'
    return failure.kind === 'auth'
      ? { kind: 'auth', message: `${happened} ${kept} Set the key right, then resume.` }
      : { kind: 'backend', message: `${happened} ${kept} Name a model that is there, then resume.` }
  }

  #isFine(backend: Backend, model: string): boolean {
    return (this.#fineUntil.get(backend)?.get(model) ?? Number.NEGATIVE_INFINITY) > this.#clock.elapsed()
  }

  #rememberFine(backend: Backend, model: string): void {
    const models = this.#fineUntil.get(backend) ?? new Map<string, number>()
    this.#fineUntil.set(backend, models.set(model, this.#clock.elapsed() + REMEMBERED_MS))
  }
}

function diskFull({ freeBytes, items }: Surroundings): PauseReason | null {
  const leastFreeBytes = LEAST_FREE_BYTES + items * LEAST_ITEM_BYTES
  if (freeBytes === null || freeBytes >= leastFreeBytes) return null
  const message = `Only ${formatBytes(freeBytes)} are free where results are stored; a run wants ${formatBytes(leastFreeBytes)}. No call was made, and results so far are kept. Make room, then resume.`
  return { kind: 'disk', message }
}

function distinct(targets: readonly PreflightTarget[]): readonly PreflightTarget[] {
  return targets.filter(
    ({ backend, model }, index) =>
      targets.findIndex((other) => other.backend === backend && other.model === model) === index,
  )
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`
}
