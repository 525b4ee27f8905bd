import type { Problem } from '../../../../shared/problem.ts'

type Path = readonly (string | number)[]

/** The messages of the problems at a path or below it, one a line; null: there are none. */
export function fieldProblem(problems: readonly Problem[], path: Path): string | null {
  const found = problems.filter((problem) => startsWith(problem.path, path)).map((problem) => problem.message)
  return found.length === 0 ? null : [...new Set(found)].join('\n')
}

function startsWith(path: Path, start: Path): boolean {
  return start.every((step, index) => path[index] === step)
}
