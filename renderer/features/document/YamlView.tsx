import { useEffect, useState } from 'react'
import { useChainStore } from '../../stores/chainStore.ts'
import { CodeEditor } from '../../ui/CodeEditor.tsx'
import { ProblemText } from '../../ui/ProblemText.tsx'
import classes from './YamlView.module.css'
import { yamlEditor } from './yamlEditor.ts'

/** The chain as the text it is. Canvas and inspector follow each change that can be read. */
export function YamlView() {
  const text = useChainStore((state) => state.text)
  const problems = useChainStore((state) => state.parsed.problems)
  const [editor] = useState(yamlEditor)

  // The text may come from the canvas or from disk, and a problem may be in another line than the one that changed.
  useEffect(() => editor.showProblems(problems), [editor, problems])

  return (
    <div className={classes.root}>
      <div className={classes.editor}>
        <CodeEditor
          value={text}
          onChange={(next) => useChainStore.getState().setText(next)}
          language="yaml"
          label="The chain as YAML"
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
