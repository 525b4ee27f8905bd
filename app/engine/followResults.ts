import type { RunStore } from '../ports/runStore.ts'
import type { LiveRun } from './liveRun.ts'
import { resultLine } from './resultLine.ts'
import { type LoadCsvLine, type ResultFormat, resultText, runItems } from './results.ts'

interface Following {
  readonly store: RunStore
  /** The run, if it goes on in this process. */
  live(run: string): LiveRun | null
}

interface FollowOptions {
  readonly format: ResultFormat
  /** Lines as items finish instead of in input order. */
  readonly unordered: boolean
  readonly loadCsvLine: LoadCsvLine
}

/** How often a run that goes on is looked at again, in milliseconds. */
const LOOK_MS = 50
const PAGE = 500

/**
 * A run's results while it goes on and until it stops. JSON lines come as soon as they may. A CSV file's columns are known
 * only when all outputs are, so that it comes at the end.
 */
export async function* followResults(
  following: Following,
  run: string,
  options: FollowOptions,
): AsyncGenerator<string> {
  const { store } = following
  const written = new Set<number>()
  if (options.format === 'jsonl') {
    const lines = options.unordered ? asTheyFinish(following, run) : inOrder(following, run)
    for await (const { text, indexes } of lines) {
      for (const index of indexes) written.add(index)
      yield text
    }
  } else {
    await following.live(run)?.finished()
  }
  const stored = store.run(run)
  if (stored === null) return
  if (options.format === 'csv') {
    yield* resultText(store, stored, options)
    return
  }
  for (const page of runItems(store, stored)) {
    const left = page.filter(({ index }) => !written.has(index))
    if (left.length > 0) yield left.map(resultLine).join('')
  }
}

interface Lines {
  readonly text: string
  readonly indexes: readonly number[]
}

async function* inOrder({ store, live }: Following, run: string): AsyncGenerator<Lines> {
  let next = 0
  while (live(run) !== null) {
    const found = store.items(run, next, next + PAGE)
    const ready = found.filter(({ index }, at) => index === next + at)
    next += ready.length
    if (ready.length > 0) yield { text: ready.map(resultLine).join(''), indexes: ready.map(({ index }) => index) }
    if (ready.length < PAGE) await look()
  }
}

async function* asTheyFinish({ store, live }: Following, run: string): AsyncGenerator<Lines> {
  const finished: number[] = []
  const stop = live(run)?.onItem((index) => finished.push(index))
  try {
    while (live(run) !== null) {
      const indexes = finished.splice(0)
      if (indexes.length > 0) yield { text: store.itemsAt(run, indexes).map(resultLine).join(''), indexes }
      await look()
    }
  } finally {
    stop?.()
  }
}

function look(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, LOOK_MS))
}
