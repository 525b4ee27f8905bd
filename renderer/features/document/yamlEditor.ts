import { setDiagnostics } from '@codemirror/lint'
import type { Extension } from '@codemirror/state'
import { EditorView, keymap, ViewPlugin } from '@codemirror/view'
import type { Problem } from '../../../shared/problem.ts'
import { useChainStore } from '../../stores/chainStore.ts'
import { useHostStore } from '../../stores/hostStore.ts'
import { chainDiagnostics, problemGutter } from './chainDiagnostics.ts'
import { chainCompletion } from './completeChain.ts'

interface YamlEditor {
  readonly extensions: readonly Extension[]
  /** Marks the lines of the problems. They are known already: the store reads every change. */
  showProblems(problems: readonly Problem[]): void
  goTo(problem: Problem): void
}

/** What makes a text editor the YAML view's: the chain's history, problems and completion. One for each view. */
export function yamlEditor(): YamlEditor {
  let view: EditorView | null = null
  const { undo, redo } = useChainStore.getState()
  const tierNames = () => useHostStore.getState().tiers.map((tier) => tier.name)
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
      // The chain's own history: it also holds what was done on the canvas.
      keymap.of([
        { key: 'Mod-z', run: done(undo), preventDefault: true },
        { key: 'Mod-y', mac: 'Mod-Shift-z', run: done(redo), preventDefault: true },
        { key: 'Ctrl-Shift-z', run: done(redo), preventDefault: true },
      ]),
      problemGutter,
      chainCompletion(tierNames),
    ],
    showProblems(problems) {
      view?.dispatch(setDiagnostics(view.state, chainDiagnostics(problems, view.state.doc)))
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

function done(action: () => void): () => boolean {
  return () => {
    action()
    return true
  }
}
