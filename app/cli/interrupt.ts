import { EXIT } from './exitCode.ts'

// Answers are on disk at most 50 ms after they came: leaving at once would lose those of the last moment.
const LAST_COMMIT_MS = 100

export interface Interrupt {
  readonly hasCome: () => boolean
  /** Gives the signals back to Node. */
  end(): void
}

/** Ctrl-C or SIGTERM: the first calls `onFirst`, a second one ends the process. */
export function watchInterrupt(onFirst: () => void): Interrupt {
  let count = 0
  const onSignal = () => {
    count++
    if (count === 1) onFirst()
    else setTimeout(() => process.exit(EXIT.interrupted), LAST_COMMIT_MS)
  }
  process.on('SIGINT', onSignal)
  process.on('SIGTERM', onSignal)
  return {
    hasCome: () => count > 0,
    end: () => {
      process.off('SIGINT', onSignal)
      process.off('SIGTERM', onSignal)
    },
  }
}
