/** Something wrong with a document, at its place, as the editor and the command line show it. */
export interface Problem {
  readonly severity: 'error' | 'warning'
  /** Where in the document: keys and indexes from its root. */
  readonly path: readonly (string | number)[]
  /** 1-based; null where the document has no text (built in memory). */
  readonly line: number | null
  readonly column: number | null
  /** What is wrong and what to do, in one or two sentences. */
  readonly message: string
}

/** `chains/a.chain.yaml:12:5 stages.draft.prompt: Unknown name …` */
export function formatProblem(problem: Problem, file: string): string {
  const place = problem.line === null ? file : `${file}:${problem.line}:${problem.column ?? 1}`
  const path = problem.path.length === 0 ? '' : ` ${problem.path.join('.')}:`
  return `${place}${path} ${problem.message}`
}
