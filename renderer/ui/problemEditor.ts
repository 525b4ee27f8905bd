import { setDiagnostics } from '@codemirror/lint'
import type { Extension } from '@codemirror/state'
import { EditorView, ViewPlugin } from '@codemirror/view'
import type { Problem } from '../../shared/problem.ts'
import { historyKeys } from './historyKeys.ts'
import { problemGutter, textDiagnostics } from './textDiagnostics.ts'

interface ProblemEditor {
  readonly extensions: readonly Extension[]
  /** Marks the lines of the problems. They are known already: the store reads every change. */
  showProblems(problems: readonly Problem[]): void
  goTo(problem: Pick<Problem, 'line' | 'column'>): void
}

interface ProblemEditorParts {
  /** The document's own history, which also holds what was done in other views of it. */
  readonly undo: () => void
  readonly redo: () => void
  /** Completion and the like. */
  readonly extensions: readonly Extension[]
}

/** What makes a text editor the view of a document that has problems and a history. One for each view. */
export function problemEditor({ undo, redo, extensions }: ProblemEditorParts): ProblemEditor {
  let view: EditorView | null = null
  return {
    extensions: [
      ViewPlugin.define((created) => {
        view = created
        return {
          destroy() {
            view = null
          },
        }
      }),
      historyKeys({ undo, redo }),
      problemGutter,
      ...extensions,
    ],
    showProblems(problems) {
      view?.dispatch(setDiagnostics(view.state, textDiagnostics(problems, view.state.doc)))
    },
    goTo({ line, column }) {
      if (view === null || line === null) return
      const at = view.state.doc.line(Math.min(line, view.state.doc.lines))
      const anchor = Math.min(at.to, at.from + (column ?? 1) - 1)
      view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) })
      view.focus()
    },
  }
}
