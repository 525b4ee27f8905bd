import type { GatherCounts, GroupReason } from '../../shared/group.ts'
import type { RunCounts, RunLane } from '../../shared/run.ts'
import type { RunTotals, StoredRun } from '../ports/runStore.ts'
import type { Row } from './rows.ts'

/** Rows of one run: its row id is the first value of every query. */
export type RunQuery = (sql: string, ...values: (string | number)[]) => readonly Row[]

/** What a run that died came to, counted from its items, groups and attempts. */
export function countRun(run: StoredRun, query: RunQuery): { totals: RunTotals; lanes: readonly RunLane[] } {
  return { totals: { ...countAttempts(query), ...countFates(query) }, lanes: countLanes(run, query) }
}

function countAttempts(query: RunQuery): Omit<RunTotals, 'succeeded' | 'failed' | 'skipped'> {
  const [sums] = query(
    `select count(*) as calls, coalesce(sum(cost_micros), 0) as cost, coalesce(sum(input_tokens), 0) as input,
      coalesce(sum(output_tokens), 0) as output, coalesce(sum(cached_tokens), 0) as cached,
      coalesce(sum(cache_write_tokens), 0) as written, coalesce(sum(pack is not null), 0) as shared,
      count(distinct pack) as packs, coalesce(sum(input_tokens is not null and cost_micros is null), 0) as unpriced,
      coalesce(sum(reserved_micros), 0) as uncertain
      from attempts where run_id = ? and tier is not null and purpose != 'remembered'`,
  )
  const [kept] = query(
    `select count(*) as n, coalesce(sum(iif(remembered_from = (select run from runs where id = ?1), 0, cost_micros)), 0) as saved
      from attempts where run_id = ?1 and purpose = 'remembered' and forgotten = 0`,
  )
  const sum = (name: string) => Number(sums?.[name] ?? 0)
  const usage = {
    inputTokens: sum('input'),
    outputTokens: sum('output'),
    cachedTokens: sum('cached'),
    cacheWriteTokens: sum('written'),
  }
  const remembered = Number(kept?.n ?? 0)
  return {
    costMicros: sum('cost'),
    savedMicros: Number(kept?.saved ?? 0),
    uncertainMicros: sum('uncertain'),
    unpricedCalls: sum('unpriced'),
    calls: sum('calls') - sum('shared') + sum('packs'),
    reused: remembered,
    remembered,
    usage,
  }
}

/** Items of the source by the fate of what they came into. */
function countFates(query: RunQuery): Pick<RunTotals, 'succeeded' | 'failed' | 'skipped'> {
  const rows = query(
    `select i.status, sum(ifnull(g.items, 1)) as n from items i
      left join groups g on g.run_id = i.run_id and g.lane = i.lane and g.idx = i.idx
      where i.run_id = ? and i.redo = 0 group by i.status`,
  )
  const count = (status: string) => Number(rows.find((row) => row.status === status)?.n ?? 0)
  return { succeeded: count('succeeded'), failed: count('failed'), skipped: count('skipped') }
}

function countLanes(run: StoredRun, query: RunQuery): readonly RunLane[] {
  return run.lanes.map((lane, index): RunLane => {
    const statuses = query(
      'select status, count(*) as n from items where run_id = ? and lane = ? and redo = 0 group by status',
      index,
    )
    const count = (status: string) => Number(statuses.find((row) => row.status === status)?.n ?? 0)
    const gathered = count('gathered')
    const done = { succeeded: count('succeeded') + gathered, failed: count('failed'), skipped: count('skipped') }
    const [groups] = query('select count(*) as n from groups where run_id = ? and lane = ?', index)
    const items = index === 0 ? run.items : Number(groups?.n ?? 0)
    const waiting = Math.max(0, (items ?? 0) - done.succeeded - done.failed - done.skipped)
    const counts: RunCounts = { ...done, cancelled: 0, running: 0, waiting }
    const gather = lane.gather === null ? null : countGather(lane.gather, { lane: index, gathered }, query)
    return { begins: lane.begins, items, counts, gather }
  })
}

function countGather(
  { gather, size }: GatherCounts,
  { lane, gathered }: { lane: number; gathered: number },
  query: RunQuery,
): GatherCounts {
  const sealed = query(
    'select reason, count(*) as n from groups where run_id = ? and lane = ? group by reason',
    lane + 1,
  )
  const of = (reason: GroupReason) => Number(sealed.find((row) => row.reason === reason)?.n ?? 0)
  const [inGroups] = query('select count(*) as n from members where run_id = ? and lane = ?', lane)
  const members = Number(inGroups?.n ?? 0)
  const leftOut = query(
    `select json_extract(stages, ?2) as reason, count(*) as n from items
      where run_id = ?1 and lane = ?3 and status = 'skipped' and redo = 0 group by reason`,
    `$."${gather}".reason`,
    lane,
  )
  const left = (reason: string) => Number(leftOut.find((row) => row.reason === reason)?.n ?? 0)
  const groups = { size: of('size'), within: of('within'), end: of('end') }
  const rest = { filtered: left('filtered'), unmatched: left('unmatched') }
  return { gather, groups, members, waiting: gathered - members, ...rest, size }
}
