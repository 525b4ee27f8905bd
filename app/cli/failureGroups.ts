import type { FailureKind } from '../../shared/failure.ts'
import type { RunSummary } from '../../shared/run.ts'
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

/** The failed items of a run, and its failed groups, by lane and index; at most `limit` of them. */
export async function readFailed(app: App, { run, lanes }: RunSummary, limit: number): Promise<ResultRow[]> {
  const rows: ResultRow[] = []
  for (const lane of lanes.keys()) {
    const asked = { run, lane, statuses: ['failed' as const], sort: 'index' as const, descending: false }
    const { indexes } = await ask(app, 'runs.find', asked)
    const wanted = [...indexes.subarray(0, limit - rows.length)]
    for (let from = 0; from < wanted.length; from += PAGE)
      rows.push(...(await ask(app, 'runs.rows', { run, lane, indexes: wanted.slice(from, from + PAGE) })))
  }
  return rows
}
