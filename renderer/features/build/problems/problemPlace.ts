import type { Problem } from '../../../../shared/problem.ts'
import { OUTPUT_NODE, SOURCE_NODE } from '../canvas/nodeIds.ts'

/** The node whose form shows the place of a problem; null: the chain itself. */
export function problemNode({ path }: Problem): string | null {
  const [section, id] = path
  if (section === 'stages' && typeof id === 'string') return id
  if (section === 'source') return SOURCE_NODE
  return section === 'output' || section === 'sink' ? OUTPUT_NODE : null
}

/** Errors first; within each, in the order of the document. */
export function sortProblems(problems: readonly Problem[]): readonly Problem[] {
  const rank = ({ severity, line }: Problem) => (severity === 'error' ? 0 : 1_000_000) + (line ?? 0)
  return [...problems].sort((a, b) => rank(a) - rank(b))
}
