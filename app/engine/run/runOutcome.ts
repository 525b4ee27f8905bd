import type { ItemError, PauseReason, RunState } from '../../../shared/run.ts'

interface FailedItem {
  readonly lane: number
  readonly index: number
  readonly error: ItemError
}

/** What a run comes to, from what has happened to it. */
export class RunOutcome {
  #state: RunState = { status: 'running' }
  #hasEnded = false
  #pauseReason: PauseReason | null = null
  #isCancelled = false
  #firstError: FailedItem | null = null

  get state(): RunState {
    return this.#state
  }

  get hasEnded(): boolean {
    return this.#hasEnded
  }

  get isCancelled(): boolean {
    return this.#isCancelled
  }

  cancel(): void {
    this.#isCancelled = true
  }

  /** The first reason stands. Gives whether this is it. */
  pause(reason: PauseReason): boolean {
    // Once it has ended only its results are being written: there is nothing to pause.
    if (this.#hasEnded || this.#pauseReason !== null || this.#isCancelled) return false
    this.#pauseReason = reason
    this.#state = { status: 'pausing', reason }
    return true
  }

  /** Of a run that stops on error: the first one by index is its error, whichever came first. */
  noteError(failed: FailedItem): void {
    const first = this.#firstError
    const isEarlier =
      first === null || failed.lane < first.lane || (failed.lane === first.lane && failed.index < first.index)
    if (isEarlier) this.#firstError = failed
  }

  /** The results could not be written. */
  fail(message: string): void {
    this.#state = { status: 'failed', error: { stage: null, kind: 'internal', message } }
  }

  /** What it has come to could not be stored, so that it has not come to it yet. */
  notStored(reason: PauseReason): void {
    this.#state = { status: 'paused', reason }
  }

  end({ sourceError, isComplete }: { sourceError: ItemError | null; isComplete: boolean }): void {
    this.#hasEnded = true
    this.#state = this.#endState(sourceError, isComplete)
  }

  #endState(sourceError: ItemError | null, isComplete: boolean): RunState {
    if (this.#isCancelled) return { status: 'cancelled' }
    if (sourceError !== null) return { status: 'failed', error: sourceError }
    if (this.#firstError !== null) return { status: 'failed', error: this.#firstError.error }
    if (this.#pauseReason !== null && !isComplete) return { status: 'paused', reason: this.#pauseReason }
    return { status: 'completed' }
  }
}
