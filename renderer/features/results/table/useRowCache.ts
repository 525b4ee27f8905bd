import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { callOrNotify } from '../../../lib/callOrNotify.ts'
import { useRunStore } from '../../../stores/runStore.ts'
import { createRowCache, type RowCache } from './rowCache.ts'

/** The rows of a run that were read, following what the run reports; re-renders when rows have come. */
export function useRowCache(run: string, lane: number): RowCache {
  const cache = useMemo(
    () => createRowCache({ read: (indexes) => callOrNotify('runs.rows', { run, lane, indexes: [...indexes] }) }),
    [run, lane],
  )
  useSyncExternalStore(cache.subscribe, cache.version)
  useEffect(() => {
    const stop = useRunStore.subscribe((now, before) => {
      const progress = now.progress.get(run)
      const last = before.progress.get(run)
      if (progress === undefined || progress === last) return
      // A run that stopped or went on may have changed any item.
      if (progress.summary.state.status !== last?.summary.state.status) cache.markAllStale()
      else cache.markStale(progress.lanes[lane]?.changed ?? new Uint32Array())
    })
    return stop
  }, [cache, run, lane])
  useEffect(() => () => cache.close(), [cache])
  return cache
}
