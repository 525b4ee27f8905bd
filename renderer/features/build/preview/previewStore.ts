import { create } from 'zustand'
import type { ApiError } from '../../../../shared/api.ts'
import type { SourcePreview } from '../../../../shared/item.ts'
import type { Source } from '../../../../shared/source.ts'
import { host } from '../../../lib/host.ts'

export type Preview =
  /** The chain names no source. */
  | { readonly status: 'none' }
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly value: SourcePreview }
  | { readonly status: 'failed'; readonly error: ApiError }

interface PreviewState {
  /** What `preview` is of, as JSON. */
  readonly of: string | null
  readonly preview: Preview
  /** Reads the first items, once for each source that differs. What was there stays on the screen until the answer is in. */
  load(source: Source | null): Promise<void>
  reload(source: Source | null): Promise<void>
}

const FIRST_ITEMS = 20

/** The first items of the chain's source: for the source's own form, for completion, and for the rendered prompt. */
export const usePreviewStore = create<PreviewState>()((set, get) => ({
  of: null,
  preview: { status: 'none' },
  async load(source) {
    const of = source === null ? null : JSON.stringify(source)
    if (of === get().of) return
    await get().reload(source)
  },
  async reload(source) {
    if (source === null) return set({ of: null, preview: { status: 'none' } })
    const of = JSON.stringify(source)
    set({ of, ...(get().preview.status === 'ready' ? {} : { preview: { status: 'loading' } }) })
    const reply = await host.call('source.preview', { source, limit: FIRST_ITEMS })
    if (get().of !== of) return
    set({ preview: reply.ok ? { status: 'ready', value: reply.value } : { status: 'failed', error: reply.error } })
  },
}))
