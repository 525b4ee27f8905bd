import type { RunStore, StoredRun } from '../../ports/runStore.ts'
import type { LiveRun } from '../run/liveRun.ts'
import { isUndone, type ResultEntry, resultLine } from './resultLine.ts'
import { entriesOf, type LoadCsvLine, lastLane, type ResultFormat, resultText, runItems } from './results.ts'

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
  const begun = store.run(run)
  if (begun === null) return
  if (options.format === 'jsonl') {
    const lines = options.unordered ? asTheyFinish(following, begun) : inOrder(following, begun)
    for await (const entries of lines) {
      for (const entry of entries) written.add(placeOf(entry))
      yield entries.map(resultLine).join('')
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
    const left = page.filter((entry) => !written.has(placeOf(entry)))
    if (left.length > 0) yield left.map(resultLine).join('')
  }
}

/** One number for each entry of each lane. */
function placeOf({ lane, item }: ResultEntry): number {
  return lane * 2 ** 32 + item.index
}

/** Of the last lane; what did not get so far follows at the end. */
async function* inOrder({ store, live }: Following, run: StoredRun): AsyncGenerator<readonly ResultEntry[]> {
  const lane = lastLane(run)
  let next = 0
  while (live(run.run) !== null) {
    const found = entriesOf(store, run, { lane, from: next, to: next + PAGE })
    const open = found.findIndex(({ item }) => isUndone(item))
    const ready = open < 0 ? found : found.slice(0, open)
    next += ready.length
    if (ready.length > 0) yield ready
    if (ready.length < PAGE) await look()
  }
}

async function* asTheyFinish({ store, live }: Following, run: StoredRun): AsyncGenerator<readonly ResultEntry[]> {
  const finished: { readonly lane: number; readonly index: number }[] = []
  const stop = live(run.run)?.onItem((lane, index) => finished.push({ lane, index }))
  try {
    while (live(run.run) !== null) {
      const entries = finished
        .splice(0)
        .flatMap(({ lane, index }) => entriesOf(store, run, { lane, from: index, to: index + 1 }))
      if (entries.length > 0) yield entries
      await look()
    }
  } finally {
    stop?.()
  }
}

function look(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, LOOK_MS))
}
