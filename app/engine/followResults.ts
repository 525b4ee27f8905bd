import type { ItemRecord, RunStore } from '../ports/runStore.ts'
import { resultLine } from './resultLine.ts'
import { type CsvLine, type ResultFormat, resultText } from './results.ts'

interface Following {
  readonly store: RunStore
  /** Whether the run goes on in this process. */
  isLive(run: string): boolean
}

/** How often a run that goes on is looked at again, in milliseconds. */
const LOOK_MS = 50
const PAGE = 500

/**
 * A run's results while it goes on and until it stops. JSON lines come as soon as they may: in input order, or
 * (`unordered`) as items finish. A CSV file's columns are known only at the end, so that it comes then.
 */
export async function* followResults(
  following: Following,
  run: string,
  options: { format: ResultFormat; unordered: boolean; csvLine: CsvLine },
): AsyncGenerator<string> {
  const { store } = following
  const written = new Set<number>()
  let next = 0
  while (following.isLive(run)) {
    if (options.format === 'csv') {
      await look()
      continue
    }
    const fresh: ItemRecord[] = []
    if (options.unordered) {
      for (const index of store.find(run, {
        statuses: ['succeeded', 'failed', 'skipped'],
        search: null,
        sort: 'index',
        descending: false,
      }))
        if (!written.has(index)) {
          written.add(index)
          fresh.push(...store.itemsAt(run, [index]))
        }
    } else {
      for (const item of store.items(run, next, next + PAGE)) {
        if (item.index !== next) break
        fresh.push(item)
        next++
      }
    }
    if (fresh.length > 0) yield fresh.map(resultLine).join('')
    if (fresh.length < PAGE) await look()
  }
  const stored = store.run(run)
  if (stored === null) return
  if (options.format === 'csv') {
    yield* resultText(store, stored, options)
    return
  }
  let index = 0
  for await (const text of resultText(store, stored, options)) {
    const lines = text.split('\n').slice(0, -1)
    const left = lines.filter((_line, at) => (options.unordered ? !written.has(index + at) : index + at >= next))
    index += lines.length
    if (left.length > 0) yield `${left.join('\n')}\n`
  }
}

function look(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, LOOK_MS))
}
