import { create } from 'zustand'
import type { ApiError, HostEvent } from '../../shared/api.ts'
import { type Comparison, type ComparisonRequest, placeCells } from '../../shared/compare/comparison.ts'
import { tierVariant } from '../../shared/compare/tierVariant.ts'
import type { Suite } from '../../shared/evaluations/suite.ts'
import { DEFAULT_SAMPLE_SIZE, type Sample, type SampleItem } from '../../shared/sample.ts'
import { findStage } from '../../shared/stageTree.ts'
import { AS_DRAWN, type Variant } from '../../shared/variant.ts'
import { callOrNotify } from '../lib/callOrNotify.ts'
import { host } from '../lib/host.ts'
import { useChainStore } from './chainStore.ts'
import { useHostStore } from './hostStore.ts'

/** What is to be compared next, as it is being put together. */
export interface CompareDraft {
  /** Tiers by their names, and others as they are. */
  readonly variants: readonly Variant[]
  /** null: the whole chain. */
  readonly stage: string | null
  readonly repeats: number
}

export type ChainSample =
  | { readonly status: 'loading' }
  | {
      readonly status: 'ready'
      readonly items: readonly SampleItem[]
      /** Items of the source; null: not counted. */
      readonly total: number | null
    }
  | { readonly status: 'failed'; readonly error: ApiError }

interface CompareState {
  /** The chain that all of this is of; null: none was opened here. */
  readonly file: string | null
  readonly sample: ChainSample
  readonly draft: CompareDraft
  /** The newest one of the chain; null: there is none. */
  readonly comparison: Comparison | null
  /** The variant that the others are held against; null: the last one. */
  readonly base: string | null
  /** Beside the chain: what is expected of items; null: there is none. */
  readonly suite: Suite | null
  /** Why the last one did not begin; null: it did. */
  readonly refused: ApiError | null
  /** Reads what is kept of a chain: its sample, its newest comparison. */
  open(file: string): Promise<void>
  change(draft: Partial<CompareDraft>): void
  /** Kept with the chain from now on. */
  setItems(items: readonly SampleItem[]): Promise<void>
  /** Chooses anew; what a person chose stays. */
  propose(size: number): Promise<void>
  setBase(variant: string): void
  start(how?: { readonly memory: boolean }): Promise<void>
  stop(): Promise<void>
  retry(variant: string): Promise<void>
  applyChange(change: Extract<HostEvent, { kind: 'comparisonChanged' }>): void
  /** After a lost connection: what was pushed meanwhile did not arrive. */
  refresh(): Promise<void>
  /** Another chain or workspace was opened. */
  reset(): void
}

const FRESH = {
  file: null,
  sample: { status: 'loading' },
  draft: { variants: [], stage: null, repeats: 1 },
  comparison: null,
  base: null,
  suite: null,
  refused: null,
} as const satisfies Partial<CompareState>

/** A few items of the open chain in several variants, side by side. */
export const useCompareStore = create<CompareState>()((set, get) => ({
  ...FRESH,

  async open(file) {
    if (get().file === file) {
      // It may have been written since, on another screen.
      const suite = await readSuite(file)
      if (get().file === file) set({ suite })
      return
    }
    set({ ...FRESH, file })
    const [sample, latest, suite] = await Promise.all([
      readSample(file),
      host.call('compare.latest', { file }),
      readSuite(file),
    ])
    if (get().file !== file) return
    const comparison = latest.ok ? latest.value : null
    // What a person has chosen meanwhile stays.
    const { draft } = get()
    const isUntouched = draft === FRESH.draft && comparison !== null
    set({ sample, comparison, suite, draft: isUntouched ? draftOf(comparison) : draft })
  },

  change: (draft) => set({ draft: { ...get().draft, ...draft }, refused: null }),

  async setItems(items) {
    const { file, sample } = get()
    if (file === null) return
    const total = sample.status === 'ready' ? sample.total : null
    set({ sample: { status: 'ready', items, total } })
    await callOrNotify('sample.write', { file, sample: { items: [...items] } })
  },

  async propose(size) {
    const { file, sample } = get()
    if (file === null) return
    const kept = sample.status === 'ready' ? sample.items.filter(({ reason }) => reason === 'chosen') : []
    const { text } = useChainStore.getState()
    const reply = await host.call('sample.propose', { text, file, size: Math.max(size, kept.length), kept })
    if (get().file !== file) return
    if (!reply.ok) return set({ sample: { status: 'failed', error: reply.error } })
    const { total } = reply.value
    set({ sample: { status: 'ready', items: reply.value.sample.items, total } })
    await callOrNotify('sample.write', { file, sample: reply.value.sample })
  },

  setBase: (base) => set({ base }),

  async start({ memory } = { memory: true }) {
    const request = selectRequest(get())
    const { file, sample } = get()
    if (request === null || file === null || sample.status !== 'ready') return
    set({ refused: null })
    // A sample that was only proposed is kept from the first comparison on: the next one is to be of the same items.
    await host.call('sample.write', { file, sample: { items: [...sample.items] } })
    const reply = await host.call('compare.start', { ...request, memory })
    if (get().file !== file) return
    if (!reply.ok) return set({ refused: reply.error })
    // What was pushed before the answer was there has been taken already.
    const { comparison } = get()
    if (comparison?.comparison !== reply.value.comparison) set({ comparison: reply.value })
    await get().refresh()
  },

  async stop() {
    const { comparison } = get()
    if (comparison !== null) await callOrNotify('compare.stop', { comparison: comparison.comparison })
  },

  async retry(variant) {
    const { comparison, file } = get()
    if (comparison === null || file === null) return
    await callOrNotify('compare.retry', { file, comparison: comparison.comparison, variant })
  },

  applyChange({ comparison, state, cells }) {
    const now = get().comparison
    if (now?.comparison !== comparison) return
    const placed = placeCells(now.cells, cells)
    const ended = state.status === 'running' ? placed : placed.filter(({ status }) => status !== 'running')
    set({ comparison: { ...now, state, cells: ended } })
  },

  async refresh() {
    const { file } = get()
    if (file === null) return
    const reply = await host.call('compare.latest', { file })
    if (get().file === file && reply.ok) set({ comparison: reply.value })
  },

  reset: () => set(FRESH),
}))

function draftOf({ variants, stage, repeats }: Comparison): CompareDraft {
  return { variants, stage, repeats }
}

/** What Run would ask for; null: something is missing. */
export function selectRequest({ file, sample, draft }: CompareState): ComparisonRequest | null {
  const { text, good } = useChainStore.getState()
  if (file === null || sample.status !== 'ready' || sample.items.length === 0 || draft.variants.length === 0)
    return null
  const tiers = useHostStore.getState().tiers.map(({ name }) => name)
  const stage =
    draft.stage !== null && good !== null && findStage(good.chain, draft.stage) !== null ? draft.stage : null
  const variants = draft.variants.map((variant) =>
    variant.name === AS_DRAWN || tiers.includes(variant.name) ? tierVariant(variant.name, stage) : variant,
  )
  return { text, file, items: [...sample.items], variants, stage, repeats: draft.repeats, memory: true }
}

/** One that cannot be read is told of where it is worked with. */
async function readSuite(file: string): Promise<Suite | null> {
  const reply = await host.call('evaluations.suite', { file })
  return reply.ok ? (reply.value?.suite ?? null) : null
}

async function readSample(file: string): Promise<ChainSample> {
  const kept = await host.call('sample.read', { file })
  if (!kept.ok) return { status: 'failed', error: kept.error }
  const { text } = useChainStore.getState()
  const proposed = await host.call('sample.propose', { text, file, size: DEFAULT_SAMPLE_SIZE })
  if (kept.value !== null && kept.value.items.length > 0)
    return { status: 'ready', items: kept.value.items, total: proposed.ok ? proposed.value.total : null }
  if (!proposed.ok) return { status: 'failed', error: proposed.error }
  return { status: 'ready', items: itemsOf(proposed.value.sample), total: proposed.value.total }
}

function itemsOf({ items }: Sample): readonly SampleItem[] {
  return items
}
