import { create } from 'zustand'
import type { ApiError } from '../../shared/api.ts'
import type { SourcePreview } from '../../shared/item.ts'
import type { Json } from '../../shared/json.ts'
import type { RunProgress } from '../../shared/run.ts'
import type { Source } from '../../shared/source.ts'
import type { ItemTrace } from '../../shared/trace.ts'
import { host } from '../lib/host.ts'
import type { ParamValues } from '../lib/paramValues.ts'
import { useChainStore } from './chainStore.ts'
import { isLive } from './runStore.ts'
import { type ItemChoice, testRequest } from './testRequest.ts'

export type TestItems =
  /** The chain names no source: an item can be pasted. */
  | { readonly status: 'none' }
  | { readonly status: 'loading' }
  | { readonly status: 'ready'; readonly source: Source; readonly preview: SourcePreview }
  | { readonly status: 'failed'; readonly error: ApiError }

export type TestRun =
  | { readonly status: 'none' }
  | { readonly status: 'starting' }
  | { readonly status: 'running'; readonly run: string; readonly trace: ItemTrace | null; readonly groups: GroupTraces }
  | { readonly status: 'done'; readonly run: string; readonly trace: ItemTrace; readonly groups: GroupTraces }
  | { readonly status: 'failed'; readonly error: ApiError }

/** The group of one that the item became in each further lane, as far as it got; empty of chains that do not gather. */
export type GroupTraces = readonly ItemTrace[]

/** The item as its stages will see it, before anything is run. */
export type ChosenItem =
  | { readonly status: 'none' }
  | { readonly status: 'ready'; readonly key: string; readonly value: Json }
  | { readonly status: 'failed'; readonly error: ApiError }

interface TestState {
  readonly items: TestItems
  /** The source that `items` are of, also while they are not there yet. */
  readonly source: Source | null
  readonly choice: ItemChoice
  readonly chosen: ChosenItem
  /** Stage id → tier, for the tries of this window only. */
  readonly tiers: Readonly<Record<string, string>>
  /** File of a chain → what its params are for the tries of this window; kept while other chains are open. */
  readonly params: Readonly<Record<string, ParamValues>>
  /** The last try. */
  readonly test: TestRun
  /** The chain's text at the last try: what is shown is of this chain, not of what it was changed to. */
  readonly testedText: string | null
  loadItems(source: Source | null): Promise<void>
  reloadItems(): Promise<void>
  choose(index: number): void
  paste(text: string): void
  /** null: the tier that the chain says. */
  setTier(stage: string, tier: string | null): void
  /** Of the open chain. */
  setParams(values: ParamValues): void
  /** Runs the chain as it stands in the editor on the chosen item; not while a param is without a right value. */
  start(how?: {
    /** false: nothing is taken from memory. */
    readonly memory?: boolean
  }): Promise<void>
  cancel(): Promise<void>
  applyProgress(progress: RunProgress): void
  /** Reads the trace of the running try again: after progress, and after a lost connection. */
  refresh(): Promise<void>
  /** Another chain was opened. */
  reset(): void
}

/** A chain whose params are all as it has them. */
const NO_VALUES: ParamValues = {}

const FRESH = {
  items: { status: 'none' },
  source: null,
  choice: { kind: 'item', index: 0 },
  chosen: { status: 'none' },
  tiers: {},
  test: { status: 'none' },
  testedText: null,
} as const satisfies Partial<TestState>

const PREVIEW_ITEMS = 1_000

export const useTestStore = create<TestState>()((set, get) => {
  let isReading = false
  let readAgain = false

  async function readChosen(): Promise<void> {
    const { items, choice } = get()
    if (items.status !== 'ready' || choice.kind === 'pasted') return set({ chosen: { status: 'none' } })
    const reply = await host.call('source.item', { source: items.source, index: choice.index })
    if (get().choice !== choice || get().items !== items) return
    set({ chosen: reply.ok ? { status: 'ready', ...reply.value } : { status: 'failed', error: reply.error } })
  }

  return {
    ...FRESH,
    params: {},

    async loadItems(source) {
      // Every edit of the chain reads its source anew, as another object that mostly says the same.
      if (source !== null && JSON.stringify(source) === JSON.stringify(get().source)) return
      if (source === null) return set({ source, items: { status: 'none' }, chosen: { status: 'none' } })
      set({ source, items: { status: 'loading' } })
      const reply = await host.call('source.preview', { source, limit: PREVIEW_ITEMS })
      if (get().source !== source) return
      set({
        items: reply.ok ? { status: 'ready', source, preview: reply.value } : { status: 'failed', error: reply.error },
      })
      const { choice } = get()
      if (reply.ok && choice.kind === 'item' && choice.index >= reply.value.items.length) get().choose(0)
      await readChosen()
    },

    async reloadItems() {
      const { source } = get()
      set({ source: null })
      await get().loadItems(source)
    },

    choose(index) {
      set({ choice: { kind: 'item', index }, test: { status: 'none' } })
      void readChosen()
    },

    // A try of the item before stands beside this one no more; where it is still running, it ends unseen.
    paste: (text) => set({ choice: { kind: 'pasted', text }, chosen: { status: 'none' }, test: { status: 'none' } }),

    setTier(stage, tier) {
      const { [stage]: _, ...others } = get().tiers
      set({ tiers: tier === null ? others : { ...others, [stage]: tier } })
    },

    setParams(values) {
      const { file } = useChainStore.getState()
      set({ params: { ...get().params, [file ?? '']: values } })
    },

    async start({ memory = true } = {}) {
      const now = get()
      if (now.test.status === 'starting' || now.test.status === 'running') return
      const { text, file, good } = useChainStore.getState()
      const source = selectReadSource(now)
      const { choice, tiers } = now
      const request = testRequest({ source, choice, tiers, params: selectParams(file)(now), text, file, good })
      if (request === null) return
      set({ test: { status: 'starting' }, testedText: request.text })
      const reply = await host.call('runs.test', { ...request, ...(!memory && { memory }) })
      if (get().test.status !== 'starting') return
      if (!reply.ok) return set({ test: { status: 'failed', error: reply.error } })
      set({ test: { status: 'running', run: reply.value.run, trace: null, groups: [] } })
      await get().refresh()
    },

    async cancel() {
      const { test } = get()
      if (test.status === 'running') await host.call('runs.cancel', { run: test.run })
    },

    applyProgress({ summary }) {
      const { test } = get()
      if (test.status === 'running' && test.run === summary.run) void get().refresh()
    },

    async refresh() {
      readAgain = true
      // One reading at a time; what was pushed during it asks for one more.
      if (isReading) return
      isReading = true
      try {
        while (readAgain) {
          readAgain = false
          const { test } = get()
          if (test.status !== 'running') return
          const next = await readTry(test.run)
          const now = get().test
          if (now.status === 'running' && now.run === test.run && next !== null) set({ test: next })
        }
      } finally {
        isReading = false
      }
    },

    reset: () => set(FRESH),
  }
})

/** What was set for the tries of a chain. */
export function selectParams(file: string | null): (state: TestState) => ParamValues {
  return ({ params }) => params[file ?? ''] ?? NO_VALUES
}

/** The source whose items can be tried; null: there is none, or it has not been read. */
export function selectReadSource({ items }: TestState): Source | null {
  return items.status === 'ready' ? items.source : null
}

async function readTry(run: string): Promise<TestRun | null> {
  // Whether it still goes on is asked first: what is read of a run that has ended is its last word.
  const detail = await host.call('runs.get', { run })
  const isOver = detail.ok && !isLive(detail.value.summary)
  const reply = await host.call('runs.trace', { run, lane: 0, index: 0 })
  if (!reply.ok) return reply.error.kind === 'not_found' && !isOver ? null : { status: 'failed', error: reply.error }
  const trace = reply.value
  const groups = await readGroups(trace)
  const last = groups.at(-1) ?? trace
  // What was gathered goes on as a group.
  const isDone = last.status !== 'running' && last.status !== 'waiting' && last.status !== 'gathered'
  // A run that was stopped (a wrong key, a cancel) leaves its item waiting.
  return { status: isOver || isDone ? 'done' : 'running', run, trace, groups }
}

async function readGroups(item: ItemTrace): Promise<GroupTraces> {
  const groups: ItemTrace[] = []
  for (let last = item; last.inGroup !== null; ) {
    const reply = await host.call('runs.trace', { run: item.run, lane: last.lane + 1, index: last.inGroup })
    if (!reply.ok) break
    last = reply.value
    groups.push(last)
  }
  return groups
}
