import type { HostEvent } from '../../shared/api.ts'
import type { RunProgress } from '../../shared/run.ts'
import { mergeProgress } from './mergeProgress.ts'

/**
 * Events that wait for a client that reads slowly. However long it takes, at most one of each kind waits, and one
 * progress for each run: the size is bound by the runs' items, never by time.
 */
export class EventQueue {
  readonly #progress = new Map<string, RunProgress>()
  readonly #others = new Map<string, HostEvent>()

  add(event: HostEvent): void {
    if (event.kind !== 'runProgress') {
      this.#others.set(event.kind, event)
      return
    }
    const run = event.progress.summary.run
    const waiting = this.#progress.get(run)
    this.#progress.set(run, waiting === undefined ? event.progress : mergeProgress(waiting, event.progress))
  }

  get isEmpty(): boolean {
    return this.#progress.size === 0 && this.#others.size === 0
  }

  /** Empties the queue. */
  take(): readonly HostEvent[] {
    const progress = [...this.#progress.values()].map((progress) => ({ kind: 'runProgress' as const, progress }))
    // After the progress, so that a list read anew because of them is never older than the figures shown.
    const events: HostEvent[] = [...progress, ...this.#others.values()]
    this.#progress.clear()
    this.#others.clear()
    return events
  }
}
