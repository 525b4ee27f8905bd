import { useEffect, useState } from 'react'
import type { RunRevision } from '../../../../shared/runChange.ts'
import { callOrNotify } from '../../../lib/callOrNotify.ts'

/**
 * Every state of a run's chain, the launch first; null: not read yet. Read anew when `stamp` changes: another revision,
 * more items that ran by one.
 */
export function useRevisions(run: string, stamp: string): readonly RunRevision[] | null {
  const [read, setRead] = useState<readonly RunRevision[] | null>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: `stamp` says when there may be something new
  useEffect(() => {
    let isWanted = true
    void callOrNotify('runs.revisions', { run }).then((revisions) => {
      if (isWanted && revisions !== null) setRead(revisions)
    })
    return () => {
      isWanted = false
    }
  }, [run, stamp])
  return read
}
