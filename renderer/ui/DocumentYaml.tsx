import { useEffect, useState } from 'react'
import type { Problem } from '../../shared/problem.ts'
import { CodeEditor } from './CodeEditor.tsx'
import classes from './DocumentYaml.module.css'
import { ProblemText } from './ProblemText.tsx'
import type { problemEditor } from './problemEditor.ts'

interface DocumentYamlProps {
  readonly label: string
  readonly text: string
  readonly problems: readonly Problem[]
  readonly onChange: (text: string) => void
  /** Called once. */
  readonly makeEditor: () => ReturnType<typeof problemEditor>
}

/** A document as the text it is, its problems marked in it and listed below. */
export function DocumentYaml({ label, text, problems, onChange, makeEditor }: DocumentYamlProps) {
  const [editor] = useState(makeEditor)

  // The text may come from another view or from disk, and a problem may be in another line than the one that changed.
  useEffect(() => editor.showProblems(problems), [editor, problems])

  return (
    <div className={classes.root}>
      <div className={classes.editor}>
        <CodeEditor
          value={text}
          onChange={onChange}
          language="yaml"
          label={label}
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
