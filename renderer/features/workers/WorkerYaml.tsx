import { useEffect, useState } from 'react'
import type { WorkerDocument } from '../../stores/workerDocument.ts'
import { useWorkerStore } from '../../stores/workerStore.ts'
import { CodeEditor } from '../../ui/CodeEditor.tsx'
import { ProblemText } from '../../ui/ProblemText.tsx'
import { problemEditor } from '../../ui/problemEditor.ts'
import { workerCompletion } from './completeWorker.ts'
import classes from './WorkerYaml.module.css'

/** The worker as the text it is. The form follows each change that can be read. */
export function WorkerYaml({ document }: { readonly document: WorkerDocument }) {
  const { text, problems } = document
  const [editor] = useState(() => {
    const { undo, redo } = useWorkerStore.getState()
    return problemEditor({ undo, redo, extensions: [workerCompletion] })
  })

  // The text may come from the form or from disk, and a problem may be in another line than the one that changed.
  useEffect(() => editor.showProblems(problems), [editor, problems])

  return (
    <div className={classes.root}>
      <div className={classes.editor}>
        <CodeEditor
          value={text}
          onChange={(next) => useWorkerStore.getState().setText(next)}
          language="yaml"
          label="The worker as YAML"
          height="100%"
          extensions={editor.extensions}
          withHistory={false}
        />
      </div>
      {problems.length > 0 && (
        <section className={classes.problems} aria-label="Problems">
          {problems.map((problem) => (
            <ProblemText
              key={`${problem.line}:${problem.column}:${problem.message}`}
              problem={problem}
              onClick={() => editor.goTo(problem)}
            />
          ))}
        </section>
      )}
    </div>
  )
}
