import { useEffect, useState } from 'react'
import type { ApiError } from '../../shared/api.ts'
import type { RunPreview } from '../../shared/runChange.ts'
import { askPreview, type PreviewOf } from '../lib/runPreviews.ts'

export type PreviewState =
  | { readonly status: 'none' }
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly preview: RunPreview }
  | { readonly status: 'failed'; readonly error: ApiError }

const NONE: PreviewState = { status: 'none' }
const LOADING: PreviewState = { status: 'loading' }
/** A pointer that only passes, or a word that is still being typed, asks nothing. */
const REST_MS = 150

/**
 * What something would ask for; null: nobody wants to know (any more), and no answer is waited for. `asOf`: with another
 * one it is asked anew, for what it depends on is another.
 */
export function useRunPreview(what: PreviewOf | null, asOf = ''): PreviewState {
  const [read, setRead] = useState<{ readonly key: string; readonly state: PreviewState } | null>(null)
  const key = what === null ? '' : `${asOf} ${JSON.stringify(what)}`
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` says what is asked; the object is new each time
  useEffect(() => {
    if (what === null) return
    let isWanted = true
    const timer = setTimeout(() => {
      void askPreview(what, asOf).then((reply) => {
        if (!isWanted) return
        const state: PreviewState = reply.ok
          ? { status: 'ready', preview: reply.value }
          : { status: 'failed', error: reply.error }
        setRead({ key, state })
      })
    }, REST_MS)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [key])
  if (what === null) return NONE
  return read?.key === key ? read.state : LOADING
}
