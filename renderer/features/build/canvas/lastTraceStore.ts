import { create } from 'zustand'
import type { StageTrace } from '../../../../shared/trace.ts'
import { host } from '../../../lib/host.ts'

interface LastTraceState {
  /** The chain file that the stages are of. */
  readonly file: string | null
  /** Stage id → what it did in the last test of that chain. */
  readonly stages: ReadonlyMap<string, StageTrace>
  /** Finds the last test of a chain and reads what its stages did. */
  load(file: string): Promise<void>
}

const RECENT_TESTS = 50

/** What the feet of the stages show between runs: the last try of one item. */
export const useLastTraceStore = create<LastTraceState>()((set, get) => ({
  file: null,
  stages: new Map(),
  async load(file) {
    if (get().file !== file) set({ file, stages: new Map() })
    // A foot that stays empty is no failure that a person must be told of.
    const tests = await host.call('runs.list', { kind: 'test', limit: RECENT_TESTS })
    const last = tests.ok ? tests.value.find((run) => run.chainFile === file) : undefined
    if (last === undefined) return
    const trace = await host.call('runs.trace', { run: last.run, index: 0 })
    if (!trace.ok || get().file !== file) return
    set({ stages: new Map(trace.value.stages.map((stage) => [stage.stage, stage])) })
  },
}))

export function selectLastTrace(stage: string): (state: LastTraceState) => StageTrace | null {
  return (state) => state.stages.get(stage) ?? null
}
