import { type Diagnostic, lintGutter } from '@codemirror/lint'
import type { Text } from '@codemirror/state'
import type { Problem } from '../../shared/problem.ts'

export const problemGutter = lintGutter()

/** A document's problems at their places in its text. */
export function textDiagnostics(problems: readonly Problem[], text: Text): readonly Diagnostic[] {
  return problems.map((problem) => diagnostic(problem, text)).sort((a, b) => a.from - b.from)
}

function diagnostic({ severity, message, line, column }: Problem, text: Text): Diagnostic {
  const at = text.line(Math.min(Math.max(line ?? 1, 1), text.lines))
  const from = Math.min(at.from + Math.max(0, (column ?? 1) - 1), at.to)
  const word = /^[^\s:,}\]]+/.exec(text.sliceString(from, at.to))?.[0].length ?? 0
  return { from, to: Math.min(at.to, from + Math.max(1, word)), severity, message: message.replaceAll('`', '') }
}
