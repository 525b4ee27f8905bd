import { useChainStore } from '../../../stores/chainStore.ts'
import { usePreviewStore } from '../preview/previewStore.ts'
import { expressionScope, type ScopeName } from './expressionScope.ts'

/** The names that an expression of this stage may use, as the chain and its source are at this moment. */
export function currentScope(stage: string | null): readonly ScopeName[] {
  const { good } = useChainStore.getState()
  const { preview } = usePreviewStore.getState()
  if (good === null) return []
  const known = preview.status === 'ready' ? preview.value : { sample: null, fields: [] }
  return expressionScope(stage, { ...good, ...known })
}
