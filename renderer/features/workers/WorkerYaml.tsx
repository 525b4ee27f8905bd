import type { WorkerDocument } from '../../stores/workerDocument.ts'
import { useWorkerStore } from '../../stores/workerStore.ts'
import { DocumentYaml } from '../../ui/DocumentYaml.tsx'
import { problemEditor } from '../../ui/problemEditor.ts'
import { workerCompletion } from './completeWorker.ts'

/** The worker as the text it is. The form follows each change that can be read. */
export function WorkerYaml({ document }: { readonly document: WorkerDocument }) {
  return (
    <DocumentYaml
      label="The worker as YAML"
      text={document.text}
      problems={document.problems}
      onChange={(next) => useWorkerStore.getState().setText(next)}
      makeEditor={workerEditor}
    />
  )
}

function workerEditor(): ReturnType<typeof problemEditor> {
  const { undo, redo } = useWorkerStore.getState()
  return problemEditor({ undo, redo, extensions: [workerCompletion] })
}
