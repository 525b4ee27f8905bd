import { forceLinting } from '@codemirror/lint'
import { EditorView, keymap, ViewPlugin } from '@codemirror/view'
import { useEffect, useMemo, useRef } from 'react'
import type { Problem } from '../../../shared/problem.ts'
import { useChainStore } from '../../stores/chainStore.ts'
import { useHostStore } from '../../stores/hostStore.ts'
import { CodeEditor } from '../../ui/CodeEditor.tsx'
import { ProblemText } from '../../ui/ProblemText.tsx'
import { chainLint } from './chainLint.ts'
import { chainCompletion } from './completeChain.ts'
import classes from './YamlView.module.css'

/** The chain as the text it is. Canvas and inspector follow each change that can be read. */
export function YamlView() {
  const text = useChainStore((state) => state.text)
  const problems = useChainStore((state) => state.parsed.problems)
  const view = useRef<EditorView | null>(null)
  const extensions = useMemo(() => editorExtensions(view), [])

  // The text may come from the canvas or from disk, and a problem may be in another line than the one that changed.
  useEffect(() => {
    if (view.current !== null && problems !== undefined) forceLinting(view.current)
  }, [problems])

  function goTo({ line, column }: Problem): void {
    const editor = view.current
    if (editor === null || line === null) return
    const at = editor.state.doc.line(Math.min(line, editor.state.doc.lines))
    const anchor = Math.min(at.to, at.from + (column ?? 1) - 1)
    editor.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) })
    editor.focus()
  }

  return (
    <div className={classes.root}>
      <div className={classes.editor}>
        <CodeEditor
          value={text}
          onChange={(next) => useChainStore.getState().setText(next)}
          language="yaml"
          label="The chain as YAML"
          height="100%"
          extensions={extensions}
          withHistory={false}
        />
      </div>
      {problems.length > 0 && (
        <section className={classes.problems} aria-label="Problems">
          {problems.map((problem) => (
            <ProblemText
              key={`${problem.line}:${problem.column}:${problem.message}`}
              problem={problem}
              onClick={() => goTo(problem)}
            />
          ))}
        </section>
      )}
    </div>
  )
}

function editorExtensions(view: { current: EditorView | null }) {
  const { undo, redo } = useChainStore.getState()
  const run = (action: () => void) => () => {
    action()
    return true
  }
  return [
    ViewPlugin.define((created) => {
      view.current = created
      return {
        destroy() {
          view.current = null
        },
      }
    }),
    // The chain's own history: it also holds what was done on the canvas.
    keymap.of([
      { key: 'Mod-z', run: run(undo), preventDefault: true },
      { key: 'Mod-y', mac: 'Mod-Shift-z', run: run(redo), preventDefault: true },
      { key: 'Ctrl-Shift-z', run: run(redo), preventDefault: true },
    ]),
    chainLint(() => useChainStore.getState().parsed.problems),
    chainCompletion(() => useHostStore.getState().tiers.map((tier) => tier.name)),
  ]
}
