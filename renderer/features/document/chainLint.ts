import { type Diagnostic, linter, lintGutter } from '@codemirror/lint'
import type { Text } from '@codemirror/state'
import type { Problem } from '../../../shared/problem.ts'

/** Shows the chain's problems at their lines. They are known before the editor asks: the store reads every change. */
export function chainLint(problems: () => readonly Problem[]) {
  return [
    lintGutter(),
    linter((view) => problems().map((problem) => diagnostic(problem, view.state.doc)), { delay: 150 }),
  ]
}

function diagnostic({ severity, message, line, column }: Problem, text: Text): Diagnostic {
  const at = text.line(Math.min(Math.max(line ?? 1, 1), text.lines))
  const from = Math.min(at.from + Math.max(0, (column ?? 1) - 1), at.to)
  const word = /^[^\s:,}\]]+/.exec(text.sliceString(from, at.to))?.[0].length ?? 0
  return { from, to: Math.min(at.to, from + Math.max(1, word)), severity, message: message.replaceAll('`', '') }
}
