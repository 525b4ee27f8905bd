import { useEffect, useState } from 'react'
import type { ApiError } from '../../../../shared/api.ts'
import type { ItemTrace } from '../../../../shared/trace.ts'
import { host } from '../../../lib/host.ts'
import { useRunStore } from '../../../stores/runStore.ts'

export type TraceState =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly trace: ItemTrace }
  | { readonly status: 'failed'; readonly error: ApiError }

const LEAST_BETWEEN_MS = 400

/**
 * Everything known of one item; read anew while the run reports changes of it. What was read last stays until the next
 * item's is there: stepping through items must not flicker.
 */
export function useItemTrace(run: string, lane: number, index: number): TraceState {
  const [state, setState] = useState<TraceState>({ status: 'loading' })
  useEffect(() => {
    let isWanted = true
    let timer: ReturnType<typeof setTimeout> | undefined
    const read = async (): Promise<void> => {
      timer = undefined
      const reply = await host.call('runs.trace', { run, lane, index })
      if (!isWanted) return
      setState(reply.ok ? { status: 'ready', trace: reply.value } : { status: 'failed', error: reply.error })
    }
    void read()
    const stop = useRunStore.subscribe((now, before) => {
      const progress = now.progress.get(run)
      const last = before.progress.get(run)
      if (progress === undefined || progress === last) return
      // A run that stopped or went on may have changed any item.
      const hasTurned = progress.summary.state.status !== last?.summary.state.status
      if (hasTurned || (progress.lanes[lane]?.changed.includes(index) ?? false))
        timer ??= setTimeout(() => void read(), LEAST_BETWEEN_MS)
    })
    return () => {
      isWanted = false
      clearTimeout(timer)
      stop()
    }
  }, [run, lane, index])
  return state
}
