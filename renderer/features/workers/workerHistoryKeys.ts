import type { Extension } from '@codemirror/state'
import { useWorkerStore } from '../../stores/workerStore.ts'
import { historyKeys } from '../../ui/historyKeys.ts'

/** Undo and redo of the worker, for the text editors in its form. */
export const workerHistoryKeys: readonly Extension[] = [
  historyKeys({
    undo: () => useWorkerStore.getState().undo(),
    redo: () => useWorkerStore.getState().redo(),
  }),
]
