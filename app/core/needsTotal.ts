import type { ChainGraph } from '../../shared/graph.ts'

/** Whether an expression asks for `run.total`, which is not known before the source has been counted. */
export function needsTotal(graph: ChainGraph): boolean {
  return graph.wires.some(({ from, fields }) => from === 'run' && (fields.length === 0 || fields.includes('total')))
}
