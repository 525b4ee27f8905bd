import { useEffect, useState } from 'react'
import type { ApiError } from '../../../shared/api.ts'
import type { SourcePreview } from '../../../shared/item.ts'
import type { Source } from '../../../shared/source.ts'
import { host } from '../../lib/host.ts'

export type PreviewState =
  | { readonly status: 'none' }
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly preview: SourcePreview }
  | { readonly status: 'failed'; readonly error: ApiError }

const MOST_SHOWN = 200
const SETTLE_MS = 150

/** The first items of a source and their number; read again when the source becomes another one. */
export function useSourcePreview(source: Source | null): PreviewState & { readonly again: () => void } {
  const [read, setRead] = useState<{ readonly of: string; readonly state: PreviewState } | null>(null)
  const [times, setTimes] = useState(0)
  // By its content: editing another part of the chain makes a new but equal source.
  const wanted = source === null ? null : JSON.stringify(source)
  const of = `${times} ${wanted}`
  // biome-ignore lint/correctness/useExhaustiveDependencies: `of` stands for the source
  useEffect(() => {
    if (source === null) return
    let isWanted = true
    const timer = setTimeout(async () => {
      const reply = await host.call('source.preview', { source, limit: MOST_SHOWN })
      if (!isWanted) return
      const state: PreviewState = reply.ok
        ? { status: 'ready', preview: reply.value }
        : { status: 'failed', error: reply.error }
      setRead({ of, state })
    }, SETTLE_MS)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [of])
  const state: PreviewState =
    wanted === null ? { status: 'none' } : read?.of === of ? read.state : { status: 'loading' }
  return { ...state, again: () => setTimes((times) => times + 1) }
}
