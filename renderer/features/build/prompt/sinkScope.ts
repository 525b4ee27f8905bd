import { isJsonObject } from '../../../../shared/json.ts'
import { useChainStore } from '../../../stores/chainStore.ts'
import { currentScope } from './currentScope.ts'
import { type ScopeName, typedName, unknownName } from './scopeName.ts'

/** The names that the templates of a sink may use (shared/sink.ts). `key`: which one; what stands around all items sees none of them. */
export function sinkScope(key: string): readonly ScopeName[] {
  const outer = currentScope({ stage: null, isInside: false })
  const everywhere = outer.filter(({ name }) => name === 'params' || name === 'run')
  if (key === 'header' || key === 'footer') return everywhere
  return [
    { ...typedName('output', 'object', "the item's result"), fields: outputFields(outer) },
    typedName('key', 'string', 'the path within the folder, or the row number'),
    typedName('index', 'number', "the item's number, from 0"),
    ...outer.filter(({ name }) => name === 'item'),
    ...everywhere,
  ]
}

/** What is written as the chain's output, else every last stage with what is known of it. */
function outputFields(scope: readonly ScopeName[]): readonly ScopeName[] {
  const { good } = useChainStore.getState()
  if (good === null) return []
  const { output } = good.chain
  if (output !== undefined) return isJsonObject(output) ? Object.keys(output).map((name) => unknownName(name)) : []
  return good.graph.last.map((id) => scope.find(({ name }) => name === id) ?? unknownName(id))
}
