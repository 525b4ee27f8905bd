import { useEffect, useState } from 'react'
import type { ApiError } from '../../../../shared/api.ts'
import { host } from '../../../lib/host.ts'
import { isLive, useRunStore } from '../../../stores/runStore.ts'
import { findRequest, type LaneOfRun, type ResultQuery } from './resultQuery.ts'

export type FoundItems =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly indexes: Uint32Array; readonly query: ResultQuery }
  | { readonly status: 'failed'; readonly error: ApiError }

/** A pause after the last letter typed. */
const TYPING_MS = 160
/** While the run goes on. */
const AGAIN_MS = 1_000

/**
 * Indexes of the items that match, asked anew when the query changes and, while the run goes on, once a second at the
 * most. What was found before stays until the next answer is there.
 */
export function useFoundItems({ run, lane }: LaneOfRun, query: ResultQuery): FoundItems {
  const [found, setFound] = useState<FoundItems>({ status: 'loading' })
  useEffect(() => {
    let isWanted = true
    let timer: ReturnType<typeof setTimeout> | undefined
    let isFinding = false
    /** Something was reported while an answer was on its way, which may not know of it. */
    let isStale = false
    const find = async (): Promise<void> => {
      isFinding = true
      isStale = false
      const reply = await host.call('runs.find', findRequest({ run, lane }, query))
      isFinding = false
      timer = undefined
      if (!isWanted) return
      setFound(
        reply.ok ? { status: 'ready', indexes: reply.value.indexes, query } : { status: 'failed', error: reply.error },
      )
      if (isStale) timer = setTimeout(() => void find(), AGAIN_MS)
    }
    timer = setTimeout(() => void find(), TYPING_MS)
    const stop = useRunStore.subscribe((now, before) => {
      const progress = now.progress.get(run)
      if (progress === undefined || progress === before.progress.get(run)) return
      isStale ||= isFinding
      timer ??= setTimeout(() => void find(), isLive(progress.summary) ? AGAIN_MS : 0)
    })
    return () => {
      isWanted = false
      clearTimeout(timer)
      stop()
    }
  }, [run, lane, query])
  return found
}
