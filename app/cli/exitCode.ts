import { assertNever } from '../../shared/assertNever.ts'
import type { RunSummary } from '../../shared/run.ts'

/** What the process ends with; docs/command-line.md tells people the same. */
export const EXIT = {
  ok: 0,
  /** Some items failed, or the run as a whole. */
  itemsFailed: 1,
  /** The command line, the chain or a file is not right: nothing was run. */
  refused: 2,
  /** Items are waiting: budget, wrong key, a backend that does not answer, a full disk. */
  paused: 3,
  /** A bug in Jacquard itself. */
  bug: 70,
  interrupted: 130,
} as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** For a run that has come to a stop. */
export function exitCodeOf({ state, counts }: Pick<RunSummary, 'state' | 'counts'>): ExitCode {
  switch (state.status) {
    case 'completed':
      return counts.failed > 0 ? EXIT.itemsFailed : EXIT.ok
    case 'failed':
    case 'cancelled':
      return EXIT.itemsFailed
    case 'running':
    case 'pausing':
    case 'paused':
    case 'interrupted':
      return EXIT.paused
    default:
      return assertNever(state)
  }
}
