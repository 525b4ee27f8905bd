/** Of the workspace that is measured: the chain to launch. */
export const CHAIN_FILE = 'million.chain.yaml'

/** What the measured process prints. */
export interface Reading {
  /** Since the launch or the resuming was asked for, in milliseconds. */
  readonly elapsedMs: number
  readonly finished: number
  /** Of these in an earlier part of the run. */
  readonly finishedBefore: number
  /** Of the whole process, both threads. */
  readonly rssMb: number
}
