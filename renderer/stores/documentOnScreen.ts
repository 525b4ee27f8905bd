import { useChainStore } from './chainStore.ts'
import { useViewStore } from './viewStore.ts'
import { useWorkerStore } from './workerStore.ts'

interface EditedDocument {
  save(): void
  undo(): void
  redo(): void
}

/** What saving and undo mean now: the worker on the Workers screen, the chain everywhere else. */
export function documentOnScreen(): EditedDocument {
  if (useViewStore.getState().screen === 'workers') {
    const { save, undo, redo } = useWorkerStore.getState()
    return { save: () => void save(), undo, redo }
  }
  const { flush, undo, redo } = useChainStore.getState()
  return { save: () => void flush(), undo, redo }
}
