import type { LaneChanges, RunProgress } from '../../shared/run.ts'

/**
 * Two pushes of one run as one: the newer one's figures, and every item that changed in either with its newest states.
 * Dropping the older one alone would leave its items' cells wrong in the grid for ever.
 */
export function mergeProgress(older: RunProgress, newer: RunProgress): RunProgress {
  const { stages } = newer.summary
  const lanes = newer.lanes.map((changes, lane) => {
    const before = older.lanes[lane]
    const columns = stages.filter((stage) => stage.lane === lane).length
    return before === undefined ? changes : mergeChanges(before, changes, columns)
  })
  return { ...newer, lanes }
}

function mergeChanges(older: LaneChanges, newer: LaneChanges, columns: number): LaneChanges {
  const changed = new Uint32Array(older.changed.length + newer.changed.length)
  const states = new Uint8Array(changed.length * columns)
  let [oldAt, newAt, count] = [0, 0, 0]
  while (oldAt < older.changed.length || newAt < newer.changed.length) {
    const oldIndex = older.changed[oldAt] ?? Number.POSITIVE_INFINITY
    const newIndex = newer.changed[newAt] ?? Number.POSITIVE_INFINITY
    const [from, at] = newIndex <= oldIndex ? [newer, newAt] : [older, oldAt]
    changed[count] = Math.min(oldIndex, newIndex)
    states.set(from.states.subarray(at * columns, (at + 1) * columns), count * columns)
    count += 1
    if (oldIndex <= newIndex) oldAt += 1
    if (newIndex <= oldIndex) newAt += 1
  }
  return { changed: changed.slice(0, count), states: states.slice(0, count * columns) }
}
