import { Button } from '@mantine/core'
import { useEffect, useState } from 'react'
import { formatCount } from '../../../../shared/format.ts'
import { host } from '../../../lib/host.ts'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { findRequest, type LaneOfRun, type ResultQuery, withoutEachFilter } from './resultQuery.ts'

interface NothingFoundProps extends LaneOfRun {
  readonly query: ResultQuery
  readonly onQuery: (query: ResultQuery) => void
}

interface WayOut {
  readonly filter: string
  readonly query: ResultQuery
  readonly items: number
}

/** Which filter it is that leaves nothing, and what there would be without it. */
export function NothingFound({ run, lane, query, onQuery }: NothingFoundProps) {
  const word = lane === 0 ? 'item' : 'group'
  const [waysOut, setWaysOut] = useState<readonly WayOut[]>([])
  useEffect(() => {
    let isWanted = true
    const look = async (): Promise<void> => {
      const counted = await Promise.all(
        withoutEachFilter(query).map(async ({ filter, query }) => {
          const reply = await host.call('runs.find', findRequest({ run, lane }, query))
          return { filter, query, items: reply.ok ? reply.value.indexes.length : 0 }
        }),
      )
      if (isWanted) setWaysOut(counted.filter(({ items }) => items > 0))
    }
    void look()
    return () => {
      isWanted = false
    }
  }, [run, lane, query])
  const names = withoutEachFilter(query).map(({ filter }) => filter)
  return (
    <EmptyState
      title={`No ${word} matches`}
      actions={
        waysOut.length > 0
          ? waysOut.map(({ filter, query, items }) => (
              <Button key={filter} onClick={() => onQuery(query)}>
                Drop {filter}: {formatCount(items)} {items === 1 ? word : `${word}s`}
              </Button>
            ))
          : names.length > 1 && (
              <Button onClick={() => onQuery({ ...query, search: '', statuses: [] })}>Drop both</Button>
            )
      }
    >
      {names.length > 1
        ? `Together, ${names.join(' and ')} leave nothing.`
        : `Nothing stands up to ${names[0] ?? 'this'}.`}
    </EmptyState>
  )
}
