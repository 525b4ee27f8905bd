import type { ItemRecord, RunStore, StoredRun } from '../ports/runStore.ts'
import { nextTurn } from './nextTurn.ts'
import { isUndone, OutputColumns, resultLine, type UndoneItem } from './resultLine.ts'

/** Items read from the database at once. */
const PAGE = 500

/** Every item of a run in input order, those without a result too, a page at a time. */
export function* runItems(store: RunStore, run: StoredRun): Generator<readonly (ItemRecord | UndoneItem)[]> {
  const total = run.items ?? 0
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

export type ResultFormat = 'jsonl' | 'csv'

/** A row of cells as one line of CSV with its line end. */
export type CsvLine = (cells: readonly string[]) => string

/**
 * A run's results as text, a page at a time, with room for other work between pages. Counts its lines' items as it goes.
 */
export async function* resultText(
  store: RunStore,
  run: StoredRun,
  { format, csvLine }: { format: ResultFormat; csvLine: CsvLine },
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
  yield csvLine(columns.header())
  for (const page of runItems(store, run)) {
    yield page.map((item) => csvLine(columns.row(item))).join('')
    await nextTurn()
  }
}
