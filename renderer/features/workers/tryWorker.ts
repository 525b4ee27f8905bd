import { useWorkerStore } from '../../stores/workerStore.ts'
import { useWorkerTestStore } from '../../stores/workerTestStore.ts'

/** Runs the worker on its input. What is tried is what is saved, so it is saved first. */
export async function tryWorker(file: string): Promise<void> {
  const { documents, save } = useWorkerStore.getState()
  if (documents[file]?.worker == null) return
  if (await save()) await useWorkerTestStore.getState().start(file)
}
