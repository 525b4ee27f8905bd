import { create } from 'zustand'
import type { ApiError } from '../../shared/api.ts'
import type { Evaluation } from '../../shared/evaluations/evaluation.ts'
import type { Suite, SuiteCase } from '../../shared/evaluations/suite.ts'
import type { Variant } from '../../shared/variant.ts'
import { callOrNotify } from '../lib/callOrNotify.ts'
import { host } from '../lib/host.ts'
import { notifyError } from '../lib/notify.ts'
import { useChainStore } from './chainStore.ts'

export type ChainSuite =
  | { readonly status: 'loading' }
  /** There is none yet. */
  | { readonly status: 'none' }
  | { readonly status: 'ready'; readonly file: string; readonly suite: Suite }
  | { readonly status: 'failed'; readonly error: ApiError }

interface EvaluationState {
  /** The chain that all of this is of; null: none was opened here. */
  readonly file: string | null
  readonly suite: ChainSuite
  /** Oldest first. */
  readonly evaluations: readonly Evaluation[]
  /** The id of the one that goes on; null: none. */
  readonly going: string | null
  /** Why the last one gave nothing; null: it did. */
  readonly refused: ApiError | null
  open(file: string): Promise<void>
  /** Runs the suite beside the open chain on the chain as it stands in the editor. */
  run(variant: Variant): Promise<void>
  stop(): Promise<void>
  /** Also of a chain whose suite was not opened. true: it is in the suite now. */
  addCase(file: string, added: SuiteCase): Promise<boolean>
  removeCase(name: string): Promise<void>
  setGolden(evaluation: string): Promise<void>
}

/** The suite of the open chain, and how the chain has come through it. */
export const useEvaluationStore = create<EvaluationState>()((set, get) => {
  async function read(): Promise<void> {
    const { file } = get()
    if (file === null) return
    const [suite, evaluations] = await Promise.all([
      host.call('evaluations.suite', { file }),
      host.call('evaluations.list', { file }),
    ])
    if (get().file !== file) return
    set({
      suite: !suite.ok
        ? { status: 'failed', error: suite.error }
        : suite.value === null
          ? { status: 'none' }
          : { status: 'ready', ...suite.value },
      evaluations: evaluations.ok ? evaluations.value : [],
    })
  }

  return {
    file: null,
    suite: { status: 'loading' },
    evaluations: [],
    going: null,
    refused: null,

    async open(file) {
      if (get().file !== file) set({ file, suite: { status: 'loading' }, evaluations: [], refused: null })
      await read()
    },

    async run(variant) {
      const { file, going } = get()
      if (file === null || going !== null) return
      const id = crypto.randomUUID().slice(0, 8)
      set({ going: id, refused: null })
      const { text } = useChainStore.getState()
      const reply = await host.call('evaluations.run', { id, request: { text, file, variant } })
      set({ going: null, ...(get().file === file && !reply.ok && { refused: reply.error }) })
      await read()
    },

    async stop() {
      const { going } = get()
      if (going !== null) await host.call('evaluations.stop', { id: going })
    },

    async addCase(file, added) {
      const reply = await host.call('evaluations.addCase', { file, added })
      if (!reply.ok) notifyError(reply.error)
      if (get().file === file) await read()
      return reply.ok
    },

    async removeCase(name) {
      const { file } = get()
      if (file === null) return
      await callOrNotify('evaluations.removeCase', { file, name })
      await read()
    },

    async setGolden(evaluation) {
      const { file } = get()
      if (file === null) return
      await callOrNotify('evaluations.setGolden', { file, evaluation })
      await read()
    },
  }
})
