import { useEffect, useState } from 'react'
import type { ApiError } from '../../../shared/api.ts'
import type { ItemTrace } from '../../../shared/trace.ts'
import { host } from '../../lib/host.ts'

type CellTrace =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly trace: ItemTrace }
  | { readonly status: 'failed'; readonly error: ApiError }

/** Everything known of the run that a cell is; read anew when it `is` something else. What was read last stays until then. */
export function useCellTrace(run: string, is: string): CellTrace {
  const [state, setState] = useState<CellTrace>({ status: 'loading' })
  // biome-ignore lint/correctness/useExhaustiveDependencies: `is` says when there is more to read
  useEffect(() => {
    let isWanted = true
    const read = async (): Promise<void> => {
      const reply = await host.call('runs.trace', { run, lane: 0, index: 0 })
      if (isWanted)
        setState(reply.ok ? { status: 'ready', trace: reply.value } : { status: 'failed', error: reply.error })
    }
    void read()
    return () => {
      isWanted = false
    }
  }, [run, is])
  return state
}
