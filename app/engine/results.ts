import type { ItemRecord, RunStore, StoredRun } from '../ports/runStore.ts'
import { nextTurn } from './nextTurn.ts'
import { isUndone, OutputColumns, resultLine, type UndoneItem } from './resultLine.ts'

/** Items read from the database at once. */
const PAGE = 500

/** Every item of a run in input order, those without a result too, a page at a time. */
export function* runItems(store: RunStore, run: StoredRun): Generator<readonly (ItemRecord | UndoneItem)[]> {
  const total = run.items ?? reached(store, run.run)
  const status = run.state.status === 'cancelled' ? 'cancelled' : 'waiting'
  for (let from = 0; from < total; from += PAGE) {
    const to = Math.min(total, from + PAGE)
    const found = new Map(store.items(run.run, from, to).map((item) => [item.index, item]))
    const indexes = Array.from({ length: to - from }, (_, offset) => from + offset)
    const missing = indexes.filter((index) => !found.has(index))
    const keys = missing.length === 0 ? null : store.keys(run.run, missing)
    const undone = new Map(
      missing.map((index, at): [number, UndoneItem] => [
        index,
        { index, key: keys?.[at] ?? String(index + 1), status },
      ]),
    )
    yield indexes.map((index) => found.get(index) ?? undone.get(index)).filter((item) => item !== undefined)
  }
}

/** Of a source that was not counted when its run was paused: the items up to the last finished one. */
function reached(store: RunStore, run: string): number {
  const statuses = ['succeeded', 'failed', 'skipped'] as const
  const [last] = store.find(run, { statuses, search: null, sort: 'index', descending: true })
  return last === undefined ? 0 : last + 1
}

export type ResultFormat = 'jsonl' | 'csv'

/** Gives what makes a row of cells one line of CSV with its line end. */
export type LoadCsvLine = () => Promise<(cells: readonly string[]) => string>

/**
 * A run's results as text, a page at a time, with room for other work between pages. Counts its lines' items as it goes.
 */
export async function* resultText(
  store: RunStore,
  run: StoredRun,
  { format, loadCsvLine }: { format: ResultFormat; loadCsvLine: LoadCsvLine },
): AsyncGenerator<string> {
  if (format === 'jsonl') {
    for (const page of runItems(store, run)) {
      yield page.map(resultLine).join('')
      await nextTurn()
    }
    return
  }
  // Outputs may differ from item to item: all are seen once before the header can be written.
  const columns = new OutputColumns()
  for (const page of runItems(store, run)) {
    for (const item of page) if (!isUndone(item)) columns.see(item)
    await nextTurn()
  }
  const csvLine = await loadCsvLine()
  yield csvLine(columns.header())
  for (const page of runItems(store, run)) {
    yield page.map((item) => csvLine(columns.row(item))).join('')
    await nextTurn()
  }
}
