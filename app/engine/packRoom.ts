import type { PackCounts } from '../../shared/group.ts'
import type { Clock } from '../ports/clock.ts'

interface Parts {
  /** More items may still come to the stages of the run. */
  mayGrow(): boolean
  readonly clock: Clock
}

/** Where items of a run wait for others to share a call with. */
export class PackRoom {
  readonly #parts: Parts
  #inFlight = 0

  constructor(parts: Parts) {
    this.#parts = parts
  }

  enter(): void {
    this.#inFlight++
  }

  leave(): void {
    this.#inFlight--
  }

  /** Whether `mayGrow` may say otherwise than before. */
  changed(): void {
    if (this.#inFlight === 0 && !this.#parts.mayGrow()) return
  }

  waiting(): number {
    return 0
  }

  counts(): readonly PackCounts[] {
    return []
  }
}
