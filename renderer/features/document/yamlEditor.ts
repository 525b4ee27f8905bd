import { useChainStore } from '../../stores/chainStore.ts'
import { useHostStore } from '../../stores/hostStore.ts'
import { useWorkerStore } from '../../stores/workerStore.ts'
import { problemEditor } from '../../ui/problemEditor.ts'
import { chainCompletion } from './completeChain.ts'

/** What makes a text editor the YAML view's: the chain's history, problems and completion. One for each view. */
export function yamlEditor(): ReturnType<typeof problemEditor> {
  const { undo, redo } = useChainStore.getState()
  const names = () => ({
    tiers: useHostStore.getState().tiers.map((tier) => tier.name),
    workers: useWorkerStore.getState().workers.map((worker) => worker.name),
  })
  return problemEditor({ undo, redo, extensions: [chainCompletion(names)] })
}
