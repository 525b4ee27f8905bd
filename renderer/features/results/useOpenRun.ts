import { useEffect, useState } from 'react'
import type { RunProgress } from '../../../shared/run.ts'
import { selectProgress, useRunStore } from '../../stores/runStore.ts'

export type OpenRun =
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly progress: RunProgress }
  /** It could not be read; the person was told why. */
  | { readonly status: 'failed' }

/** A run as it stands, read when it is opened and followed from then on. */
export function useOpenRun(run: string): OpenRun {
  const progress = useRunStore(selectProgress(run))
  const [failed, setFailed] = useState<string | null>(null)
  useEffect(() => {
    let isWanted = true
    void useRunStore
      .getState()
      .load(run)
      .then((detail) => {
        if (isWanted && detail === null) setFailed(run)
      })
    return () => {
      isWanted = false
    }
  }, [run])
  if (progress !== null) return { status: 'ready', progress }
  return failed === run ? { status: 'failed' } : { status: 'loading' }
}
