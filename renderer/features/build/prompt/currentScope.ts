import type { Json } from '../../../../shared/json.ts'
import type { StageTrace } from '../../../../shared/trace.ts'
import { useChainStore } from '../../../stores/chainStore.ts'
import { useLastTraceStore } from '../canvas/lastTraceStore.ts'
import { usePreviewStore } from '../preview/previewStore.ts'
import { expressionScope, type ScopePlace } from './expressionScope.ts'
import type { ScopeName } from './scopeName.ts'

/** The names that an expression may use, as the chain, its source and its last test are at this moment. */
export function currentScope(place: ScopePlace): readonly ScopeName[] {
  const { good } = useChainStore.getState()
  const { preview } = usePreviewStore.getState()
  if (good === null) return []
  const { sample, fields } = preview.status === 'ready' ? preview.value : { sample: null, fields: [] }
  const outputs = outputsOf([...useLastTraceStore.getState().stages.values()])
  return expressionScope(place, { ...good, sample, fields, outputs })
}

/** What each stage gave, those inside maps for the first element. */
function outputsOf(traces: readonly StageTrace[]): ReadonlyMap<string, Json> {
  const outputs = new Map<string, Json>()
  const add = (stages: readonly StageTrace[]) => {
    for (const { stage, output, inner } of stages) {
      if (!outputs.has(stage)) outputs.set(stage, output)
      for (const { stages: below } of inner) add(below)
    }
  }
  add(traces)
  return outputs
}
