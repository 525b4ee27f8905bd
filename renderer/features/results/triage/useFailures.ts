import { useEffect, useState } from 'react'
import type { ApiError } from '../../../../shared/api.ts'
import type { FailureCause } from '../../../../shared/runChange.ts'
import { host } from '../../../lib/host.ts'
import { useRunStore } from '../../../stores/runStore.ts'

export type Failures =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly causes: readonly FailureCause[] }
  | { readonly status: 'failed'; readonly error: ApiError }

const LEAST_BETWEEN_MS = 1_000

/** A run's failed items by cause; read anew while the run reports others, at most once a second. */
export function useFailures(run: string): Failures {
  const [state, setState] = useState<Failures>({ status: 'loading' })
  useEffect(() => {
    let isWanted = true
    let timer: ReturnType<typeof setTimeout> | undefined
    const read = async (): Promise<void> => {
      timer = undefined
      const reply = await host.call('runs.failures', { run })
      if (!isWanted) return
      setState(reply.ok ? { status: 'ready', causes: reply.value } : { status: 'failed', error: reply.error })
    }
    void read()
    const stop = useRunStore.subscribe((now, before) => {
      const progress = now.progress.get(run)
      if (progress !== undefined && progress !== before.progress.get(run))
        timer ??= setTimeout(() => void read(), LEAST_BETWEEN_MS)
    })
    return () => {
      isWanted = false
      clearTimeout(timer)
      stop()
    }
  }, [run])
  return state
}
