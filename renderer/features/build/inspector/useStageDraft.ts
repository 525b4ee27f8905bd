import { asDraft, type Draft } from './chainDraft.ts'
import { useField } from './useField.ts'
import { useStagePath } from './useStagePath.ts'

/** A stage as it is written, right or not. */
export function useStageDraft(stage: string): Draft {
  return asDraft(useField(useStagePath(stage), stage).value)
}
