import type { Request } from '../../../../shared/api.ts'
import type { ItemStatus } from '../../../../shared/run.ts'

type FindRequest = Request<'runs.find'>
export type SortBy = FindRequest['sort']

/** Which items the table shows, and in what order. */
export interface ResultQuery {
  /** Empty: all. */
  readonly statuses: readonly ItemStatus[]
  readonly search: string
  readonly sort: SortBy
  readonly descending: boolean
}

export const EVERYTHING: ResultQuery = { statuses: [], search: '', sort: 'index', descending: false }

/** The lane whose items or groups are shown. */
export interface LaneOfRun {
  readonly run: string
  readonly lane: number
}

export function findRequest({ run, lane }: LaneOfRun, query: ResultQuery): FindRequest {
  const { statuses, search, sort, descending } = query
  return {
    run,
    lane,
    ...(statuses.length > 0 && { statuses: [...statuses] }),
    ...(search.trim() !== '' && { search: search.trim() }),
    sort,
    descending,
  }
}

/** A second press on a column turns the order round; costs, times and the like begin with the largest. */
export function sortedBy(query: ResultQuery, sort: SortBy): ResultQuery {
  if (query.sort === sort) return { ...query, descending: !query.descending }
  return { ...query, sort, descending: sort === 'cost' || sort === 'latency' }
}

export function toggledStatus(query: ResultQuery, status: ItemStatus): ResultQuery {
  const { statuses } = query
  return {
    ...query,
    statuses: statuses.includes(status) ? statuses.filter((other) => other !== status) : [...statuses, status],
  }
}

/** Each filter that is set, with the query that stands without it. */
export function withoutEachFilter(
  query: ResultQuery,
): readonly { readonly filter: string; readonly query: ResultQuery }[] {
  const filters: { filter: string; query: ResultQuery }[] = []
  if (query.search.trim() !== '')
    filters.push({ filter: `the search “${query.search.trim()}”`, query: { ...query, search: '' } })
  if (query.statuses.length > 0)
    filters.push({ filter: `the filter ${query.statuses.join(', ')}`, query: { ...query, statuses: [] } })
  return filters
}
