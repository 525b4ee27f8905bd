import { create } from 'zustand'

export interface JudgingProgress {
  readonly done: number
  readonly total: number
}

interface JudgingState {
  /** By the id that an evaluation or a judgement was begun with. */
  readonly progress: ReadonlyMap<string, JudgingProgress>
  applyProgress(id: string, progress: JudgingProgress): void
}

/** How far evaluations and models that judge have come, as the host last pushed. */
export const useJudgingStore = create<JudgingState>()((set) => ({
  progress: new Map(),
  applyProgress: (id, progress) => set((state) => ({ progress: new Map([...state.progress, [id, progress]]) })),
}))

export function selectJudging(id: string | null): (state: JudgingState) => JudgingProgress | null {
  return ({ progress }) => (id === null ? null : (progress.get(id) ?? null))
}
