import { findStage } from '../../../../shared/stageTree.ts'
import { useChainStore } from '../../../stores/chainStore.ts'
import type { FieldPath } from './useField.ts'

/** Where a stage stands in the document: at its top, or inside maps. */
export function useStagePath(stage: string): FieldPath {
  const chain = useChainStore((state) => state.good?.chain)
  const placed = chain === undefined ? null : findStage(chain, stage)
  return placed?.path ?? ['stages', stage]
}
