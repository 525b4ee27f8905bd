import { type Diagnostic, setDiagnostics } from '@codemirror/lint'
import type { Extension } from '@codemirror/state'
import { type EditorView, ViewPlugin } from '@codemirror/view'
import type { GraphProblem } from '../../../../shared/graph.ts'
import { useChainStore } from '../../../stores/chainStore.ts'

/** A name that is just being typed is not known yet. */
const SHOW_AFTER_MS = 500

/** Underlines what is wrong in the text at one place of the document. `pathKey`: that place, as JSON. */
export function templateProblems(pathKey: string): Extension {
  return ViewPlugin.define((view) => {
    let timer: ReturnType<typeof setTimeout> | undefined
    // Later than the change that caused it: an editor cannot be told anything in the middle of an update.
    const showSoon = () => {
      clearTimeout(timer)
      timer = setTimeout(() => show(view, pathKey), SHOW_AFTER_MS)
    }
    const stop = useChainStore.subscribe((now, before) => {
      if (now.parsed !== before.parsed) showSoon()
    })
    showSoon()
    return {
      destroy() {
        clearTimeout(timer)
        stop()
      },
    }
  })
}

function show(view: EditorView, pathKey: string): void {
  const problems = useChainStore.getState().parsed.graph?.problems ?? []
  const here = problems.filter((problem) => problem.offset !== null && JSON.stringify(problem.path) === pathKey)
  const text = view.state.doc.toString()
  view.dispatch(
    setDiagnostics(
      view.state,
      here.map((problem) => diagnosticOf(text, problem)),
    ),
  )
}

/** From the place where a problem begins to the end of the name that stands there. */
function diagnosticOf(text: string, { offset, message, severity }: GraphProblem): Diagnostic {
  const from = Math.min(offset ?? 0, text.length)
  const name = /^(\$?\w+|`[^`]*`|\{\{)/.exec(text.slice(from))?.[0].length ?? 1
  return { from, to: Math.min(text.length, from + name), severity, message: message.replaceAll('`', '') }
}
