import { useEffect, useRef, useState } from 'react'
import type { ApiError } from '../../../../shared/api.ts'
import type { FailureCause } from '../../../../shared/runChange.ts'
import type { ItemTrace, ResultRow } from '../../../../shared/trace.ts'
import { host } from '../../../lib/host.ts'
import { followTest } from './followTest.ts'

/** One item that was asked again by itself. */
export interface Tried {
  readonly index: number
  /** As it stands in the run; null: it could not be read. */
  readonly before: ResultRow | null
  /** null: nothing is known of it yet. */
  readonly after: ItemTrace | null
  readonly isOver: boolean
}

export type TryOut =
  | { readonly status: 'none' }
  | { readonly status: 'starting' }
  | { readonly status: 'tried'; readonly items: readonly Tried[] }
  | { readonly status: 'failed'; readonly error: ApiError }

const MOST_TRIED = 3

/** How many items of a cause a try takes. */
export function triedOf({ indexes }: FailureCause): readonly number[] {
  return indexes.slice(0, MOST_TRIED)
}

/** Asks some items of a cause again with its fix, the run untouched, and follows what comes of each. */
export function useTryOut(run: string): { readonly tryOut: TryOut; start(cause: FailureCause): Promise<void> } {
  const [tryOut, setTryOut] = useState<TryOut>({ status: 'none' })
  const stop = useRef(new AbortController())
  useEffect(() => {
    const { current } = stop
    return () => current.abort()
  }, [])

  async function start(cause: FailureCause): Promise<void> {
    const { signal } = stop.current
    const indexes = [...triedOf(cause)]
    setTryOut({ status: 'starting' })
    const [rows, tests] = await Promise.all([
      host.call('runs.rows', { run, lane: cause.lane, indexes }),
      host.call('runs.tryChange', { run, indexes, stages: cause.fix.stages }),
    ])
    if (signal.aborted) return
    if (!tests.ok) return setTryOut({ status: 'failed', error: tests.error })
    const before = new Map(rows.ok ? rows.value.map((row) => [row.index, row]) : [])
    const items = tests.value.map(({ index }): Tried => {
      return { index, before: before.get(index) ?? null, after: null, isOver: false }
    })
    setTryOut({ status: 'tried', items })
    for (const { index, run: test } of tests.value)
      followTest(test, signal, (after, isOver) => {
        setTryOut((now) =>
          now.status === 'tried'
            ? { ...now, items: now.items.map((item) => (item.index === index ? { ...item, after, isOver } : item)) }
            : now,
        )
      })
  }
  return { tryOut, start }
}
