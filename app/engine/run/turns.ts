import type { RunStore } from '../../ports/runStore.ts'
import type { Lanes } from '../lanes/lanes.ts'
import type { PackRoom } from '../pack/packRoom.ts'
import type { RunSwitch } from './runSwitch.ts'
import type { SourceReader } from './sourceReader.ts'

interface TurnParts {
  readonly store: RunStore
  readonly stops: RunSwitch
  /** They ask for turns themselves: each is there when the first turn is asked for. */
  lanes(): Lanes
  reader(): SourceReader
  room(): PackRoom
}

/**
 * Writes that may wait for the disk before the engine stops starting items. Bounds memory where the disk is slower, and
 * how long items that need no call keep the event loop: they are run one after the other until so many have ended.
 */
const MAX_PENDING_WRITES = 1024

/** Says when an item or a group of a run may start. All lanes share its bound. */
export class Turns {
  readonly #parts: TurnParts
  #concurrency: number | 'unbounded'
  #waiting: (() => void)[] = []

  constructor(concurrency: number | 'unbounded', parts: TurnParts) {
    this.#concurrency = concurrency
    this.#parts = parts
  }

  get concurrency(): number | 'unbounded' {
    return this.#concurrency
  }

  set concurrency(concurrency: number | 'unbounded') {
    this.#concurrency = concurrency
    this.changed()
  }

  get isDiskBehind(): boolean {
    return this.#parts.store.pending() > MAX_PENDING_WRITES
  }

  hasRoom(): boolean {
    const { lanes, room } = this.#parts
    if (this.isDiskBehind) return false
    // What waits for others to share a call with must not keep those others from coming.
    return this.#concurrency === 'unbounded' || lanes().active - room().waiting() < this.#concurrency
  }

  /** Whether the source's next item may start; at once, or when there is room. False: none may any more. */
  mayStart(): boolean | Promise<boolean> {
    if (this.#parts.stops.suspend.aborted) return false
    return !this.#mustWait() || this.#untilFree()
  }

  /** Whether an item may still start without one in flight coming to its end. */
  mayGrow(): boolean {
    const { stops, lanes, reader } = this.#parts
    if (stops.suspend.aborted) return false
    if (lanes().hasQueued) return lanes().canStartQueued
    return lanes().mayBringGroups || (!reader().isOver && !reader().isHeld && !lanes().first.isFull)
  }

  nextChange(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve)
    })
  }

  /** Something has changed that somebody may wait for. */
  changed(): void {
    if (this.#waiting.length > 0) for (const wake of this.#waiting.splice(0)) wake()
  }

  /** Groups go first, so that they do not pile up. */
  #mustWait(): boolean {
    const { lanes } = this.#parts
    return !this.hasRoom() || lanes().hasQueued || lanes().first.isFull
  }

  async #untilFree(): Promise<boolean> {
    const { stops } = this.#parts
    while (this.#mustWait() && !stops.suspend.aborted) await this.nextChange()
    return !stops.suspend.aborted
  }
}
