import type { FailureKind } from '../../shared/failure.ts'
import type { ResultRow } from '../../shared/trace.ts'
import type { App } from '../index.ts'
import { ask } from './ask.ts'

/** Failed items of one kind, with one of them to look at. */
export interface FailureGroup {
  readonly kind: FailureKind
  readonly count: number
  readonly example: {
    readonly index: number
    readonly key: string
    readonly stage: string | null
    readonly message: string
  }
}

/** The largest group first. */
export function groupFailures(rows: readonly ResultRow[]): FailureGroup[] {
  const groups = new Map<FailureKind, FailureGroup>()
  for (const { index, key, error } of rows) {
    if (error === null) continue
    const group = groups.get(error.kind)
    const example = group?.example ?? { index, key, stage: error.stage, message: error.message }
    groups.set(error.kind, { kind: error.kind, count: (group?.count ?? 0) + 1, example })
  }
  return [...groups.values()].sort((a, b) => b.count - a.count)
}

/** Rows that one question to the API may ask for. */
const PAGE = 500

/** The failed items of a run, by index; at most `limit` of them. */
export async function readFailed(app: App, run: string, limit: number): Promise<ResultRow[]> {
  const { indexes } = await ask(app, 'runs.find', { run, statuses: ['failed'], sort: 'index', descending: false })
  const wanted = [...indexes.subarray(0, limit)]
  const rows: ResultRow[] = []
  for (let from = 0; from < wanted.length; from += PAGE)
    rows.push(...(await ask(app, 'runs.rows', { run, indexes: wanted.slice(from, from + PAGE) })))
  return rows
}
