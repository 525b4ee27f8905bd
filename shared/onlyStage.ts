import { parseChain } from './chainDocument.ts'
import { printChain } from './chainEdit.ts'

/**
 * The chain of one stage and what it needs, whose output is that stage's. A stage inside of a map brings the whole map. null: there
 * is no such stage, or the text is no chain.
 */
export function onlyStage(text: string, stage: string): string | null {
  const { chain, graph } = parseChain(text)
  if (chain === null || graph === null) return null
  const holderOf = (id: string) => [...graph.inside].find(([, group]) => group.order.includes(id))?.[0]
  let top = stage
  for (let holder = holderOf(top); holder !== undefined; holder = holderOf(top)) top = holder
  if (chain.stages[top] === undefined) return null
  const needed = new Set([top])
  for (const id of needed) for (const before of graph.dependencies.get(id) ?? []) needed.add(before)
  const { stages, output: _output, sink: _sink, layout: _layout, ...rest } = chain
  const kept = Object.fromEntries(Object.entries(stages).filter(([id]) => needed.has(id)))
  return printChain({ ...rest, stages: kept, output: `{{ \`${top}\` }}` })
}
