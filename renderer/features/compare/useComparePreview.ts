import { useEffect, useState } from 'react'
import type { ApiError } from '../../../shared/api.ts'
import type { RunPreview } from '../../../shared/runChange.ts'
import { host } from '../../lib/host.ts'
import { useChainStore } from '../../stores/chainStore.ts'
import { selectRequest, useCompareStore } from '../../stores/compareStore.ts'
import { useHostStore } from '../../stores/hostStore.ts'

type ComparePreview =
  | { readonly status: 'none' }
  | { readonly status: 'ready'; readonly preview: RunPreview }
  | { readonly status: 'failed'; readonly error: ApiError }

const NONE: ComparePreview = { status: 'none' }
/** While somebody types or chooses further, nothing is asked. */
const REST_MS = 300

/** What Compare would ask for as it is put together now; worked out anew when it changes, and when a comparison has ended. */
export function useComparePreview(): ComparePreview {
  const file = useCompareStore((state) => state.file)
  const sample = useCompareStore((state) => state.sample)
  const draft = useCompareStore((state) => state.draft)
  const status = useCompareStore(({ comparison }) => comparison?.state.status ?? null)
  const text = useChainStore((state) => state.text)
  const tiers = useHostStore((state) => state.tiers)
  const [read, setRead] = useState<{ readonly key: string; readonly preview: ComparePreview }>({
    key: '',
    preview: NONE,
  })
  const request = file === null ? null : selectRequest(useCompareStore.getState())
  const key = JSON.stringify([file, sample, draft, status, text, tiers])
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` says what is asked; the object is new each time
  useEffect(() => {
    if (request === null || status === 'running') return
    let isWanted = true
    const timer = setTimeout(() => {
      void host.call('compare.preview', request).then((reply) => {
        if (!isWanted) return
        const preview: ComparePreview = reply.ok
          ? { status: 'ready', preview: reply.value }
          : { status: 'failed', error: reply.error }
        setRead({ key, preview })
      })
    }, REST_MS)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [key])
  return read.key === key ? read.preview : NONE
}
