import type { GroupRecord, IndexRange, ItemRecord, RunStore, StoredRun } from '../../ports/runStore.ts'
import { groupName } from '../lanes/groupItem.ts'
import { nextTurn } from '../run/nextTurn.ts'
import { isUndone, OutputColumns, type ResultEntry, resultLine, type UndoneItem } from './resultLine.ts'

/** Items read from the database at once. */
const PAGE = 500

/**
 * Every item of a run in input order, those without a result too, a page at a time. Where the chain gathers: every group
 * of the last lane, then what did not get so far, lane by lane, so that each item of the source is in one line.
 */
export function* runItems(store: RunStore, run: StoredRun): Generator<readonly ResultEntry[]> {
  const last = lastLane(run)
  yield* laneItems(store, run, { lane: last, isWanted: null })
  for (let lane = 0; lane < last; lane++) {
    const isWanted = (index: number) => store.groupOf(run.run, lane, index) === null
    for (const page of laneItems(store, run, { lane, isWanted })) if (page.length > 0) yield page
  }
}

export function lastLane({ stages }: StoredRun): number {
  return stages.reduce((last, { lane, kind }) => Math.max(last, kind === 'gather' ? lane + 1 : lane), 0)
}

function* laneItems(
  store: RunStore,
  run: StoredRun,
  { lane, isWanted }: { lane: number; isWanted: ((index: number) => boolean) | null },
): Generator<readonly ResultEntry[]> {
  const total = lane === 0 ? itemCount(store, run) : Number.POSITIVE_INFINITY
  for (let from = 0; from < total; from += PAGE) {
    const range = { lane, from, to: Math.min(total, from + PAGE) }
    // Most items of a run that gathers are in groups: what they brought along need not be read for that.
    if (lane === 0 && isWanted !== null && !indexesOf(range).some(isWanted)) continue
    const entries = entriesOf(store, run, range)
    if (entries.length === 0) return
    yield isWanted === null ? entries : entries.filter(({ item }) => isWanted(item.index))
  }
}

function indexesOf({ from, to }: IndexRange): readonly number[] {
  return Array.from({ length: to - from }, (_, offset) => from + offset)
}

/** The entries of a lane in a range, none past the last item or group. */
export function entriesOf(
  store: RunStore,
  run: StoredRun,
  { lane, from, to }: IndexRange & { readonly lane: number },
): readonly ResultEntry[] {
  const found = new Map(store.items(run.run, lane, { from, to }).map((item) => [item.index, item]))
  if (lane > 0)
    return store.groups(run.run, lane, { from, to }).map((group) => {
      const item = found.get(group.index)
      return {
        item: itemOf(item, { index: group.index, key: groupName(group) }, run),
        members: sourceItems(store, group),
        lane,
      }
    })
  const indexes = indexesOf({ from, to })
  const missing = indexes.filter((index) => !found.has(index))
  const keys = missing.length === 0 ? null : store.keys(run.run, missing)
  const keyOf = new Map(missing.map((index, at) => [index, keys?.[at] ?? run.testItem?.key ?? String(index + 1)]))
  const members = lastLane(run) === 0 ? null : []
  return indexes.map((index) => {
    const key = keyOf.get(index) ?? ''
    return { item: itemOf(found.get(index), { index, key }, run), members, lane }
  })
}

/** One that was gathered and is in no finished group still waits. */
function itemOf(
  item: ItemRecord | undefined,
  known: Pick<UndoneItem, 'index' | 'key'>,
  run: StoredRun,
): ItemRecord | UndoneItem {
  if (item !== undefined && item.status !== 'gathered') return item
  return { ...known, key: item?.key ?? known.key, status: run.state.status === 'cancelled' ? 'cancelled' : 'waiting' }
}

/** Items of the source that came together in a group, through all lanes before. */
function sourceItems(store: RunStore, group: GroupRecord): readonly number[] {
  if (group.lane === 1) return [...group.members]
  return [...group.members].flatMap((member) => {
    const [inner] = store.groups(group.run, group.lane - 1, { from: member, to: member + 1 })
    return inner === undefined ? [] : sourceItems(store, inner)
  })
}

/** Of a source that was not counted when its run stopped: those that are known. */
function itemCount(store: RunStore, run: StoredRun): number {
  if (run.items !== null) return run.items
  const keys = run.grows ? (store.allKeys(run.run)?.length ?? 0) : 0
  return Math.max(keys, store.reached(run.run, 0))
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
      yield page.map((entry) => resultLine(entry)).join('')
      await nextTurn()
    }
    return
  }
  // Outputs may differ from item to item: all are seen once before the header can be written.
  const columns = new OutputColumns(lastLane(run) > 0)
  for (const page of runItems(store, run)) {
    for (const { item } of page) if (!isUndone(item)) columns.see(item)
    await nextTurn()
  }
  const csvLine = await loadCsvLine()
  yield csvLine(columns.header())
  for (const page of runItems(store, run)) {
    yield page.map((entry) => csvLine(columns.row(entry))).join('')
    await nextTurn()
  }
}
