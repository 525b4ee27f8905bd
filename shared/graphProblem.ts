import { closest } from './closest.ts'
import type { YamlPath } from './yamlProblems.ts'

export interface GraphProblem {
  readonly severity: 'error' | 'warning'
  readonly path: YamlPath
  /** Offset in the string at `path`, where the place can be told. */
  readonly offset: number | null
  readonly message: string
}

export function graphError(path: YamlPath, message: string, offset: number | null = null): GraphProblem {
  return { severity: 'error', path, offset, message }
}

export function graphWarning(path: YamlPath, message: string): GraphProblem {
  return { severity: 'warning', path, offset: null, message }
}

/** `: did you mean …?` where a known name is near. */
export function suggestion(name: string, names: readonly string[]): string {
  const close = closest(name, names)
  return close === null ? '' : `: did you mean \`${close}\`?`
}
