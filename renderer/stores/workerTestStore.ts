import { create } from 'zustand'
import type { ApiError } from '../../shared/api.ts'
import { printChain } from '../../shared/chainEdit.ts'
import type { Json } from '../../shared/json.ts'
import type { RunProgress } from '../../shared/run.ts'
import type { StageTrace } from '../../shared/trace.ts'
import { workerNameOf } from '../../shared/worker.ts'
import { host } from '../lib/host.ts'
import { isLive } from './runStore.ts'

export type WorkerTry =
  | { readonly status: 'none' }
  | { readonly status: 'starting' }
  | { readonly status: 'running'; readonly run: string; readonly trace: StageTrace | null }
  | { readonly status: 'done'; readonly run: string; readonly trace: StageTrace | null }
  | { readonly status: 'failed'; readonly error: ApiError }

interface WorkerTestState {
  /** By the worker's file. */
  readonly inputs: Readonly<Record<string, Json>>
  /** By the worker's file: the tier for its tries, where it is not the worker's own. */
  readonly tiers: Readonly<Record<string, string>>
  /** By the worker's file: its last try in this window. */
  readonly tries: Readonly<Record<string, WorkerTry>>
  setInput(file: string, input: Json): void
  /** null: the tier that the worker says. */
  setTier(file: string, tier: string | null): void
  /** Runs the worker as it stands on disk on its input. */
  start(file: string): Promise<void>
  cancel(file: string): Promise<void>
  applyProgress(progress: RunProgress): void
  forget(): void
}

const NONE: WorkerTry = { status: 'none' }
/** The one stage of the chain that a try is. */
const STAGE = 'answer'

/** Tries of workers, each alone: a chain of one stage that is made for it, and one item. */
export const useWorkerTestStore = create<WorkerTestState>()((set, get) => {
  const put = (file: string, next: WorkerTry) => set({ tries: { ...get().tries, [file]: next } })

  /** Reads until what was read is the last word, or nothing more was pushed. */
  async function follow(file: string, run: string): Promise<void> {
    const next = await readTry(run)
    const now = get().tries[file]
    if (now?.status === 'running' && now.run === run && next !== null) put(file, next)
  }

  return {
    inputs: {},
    tiers: {},
    tries: {},

    setInput: (file, input) => set({ inputs: { ...get().inputs, [file]: input } }),

    setTier(file, tier) {
      const { [file]: _, ...others } = get().tiers
      set({ tiers: tier === null ? others : { ...others, [file]: tier } })
    },

    async start(file) {
      const { tries, inputs, tiers } = get()
      const before = tries[file] ?? NONE
      if (before.status === 'starting' || before.status === 'running') return
      put(file, { status: 'starting' })
      const tier = tiers[file]
      const asked = host.call('runs.test', {
        text: chainOfOne(file),
        file: null,
        item: { value: inputs[file] ?? {} },
        ...(tier === undefined ? {} : { tiers: { [STAGE]: tier } }),
      })
      // A fault of ours is told by the window itself; nothing is on its way here any more.
      asked.catch(() => put(file, NONE))
      const reply = await asked
      if (get().tries[file]?.status !== 'starting') return
      if (!reply.ok) return put(file, { status: 'failed', error: reply.error })
      const { run } = reply.value
      put(file, { status: 'running', run, trace: null })
      await follow(file, run)
    },

    async cancel(file) {
      const now = get().tries[file]
      if (now?.status === 'running') await host.call('runs.cancel', { run: now.run })
    },

    applyProgress({ summary }) {
      for (const [file, now] of Object.entries(get().tries))
        if (now.status === 'running' && now.run === summary.run) void follow(file, now.run)
    },

    forget: () => set({ inputs: {}, tiers: {}, tries: {} }),
  }
})

export function selectTry(file: string): (state: WorkerTestState) => WorkerTry {
  return (state) => state.tries[file] ?? NONE
}

/** A worker alone: the item of the try is its input. */
function chainOfOne(file: string): string {
  const name = workerNameOf(file)
  return printChain({
    jacquard: 1,
    name: `Worker ${name}`,
    stages: { [STAGE]: { kind: 'model', worker: name, input: '{{ item }}' } },
  })
}

/** null: it has not got so far that anything can be read. */
async function readTry(run: string): Promise<WorkerTry | null> {
  // Whether it still goes on is asked first: what is read of a run that has ended is its last word.
  const detail = await host.call('runs.get', { run })
  const isOver = detail.ok && !isLive(detail.value.summary)
  const reply = await host.call('runs.trace', { run, index: 0 })
  if (!reply.ok) return reply.error.kind === 'not_found' && !isOver ? null : { status: 'failed', error: reply.error }
  const { status, stages } = reply.value
  const isDone = status !== 'running' && status !== 'waiting'
  return { status: isOver || isDone ? 'done' : 'running', run, trace: stages[0] ?? null }
}
