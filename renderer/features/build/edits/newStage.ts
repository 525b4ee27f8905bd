import type { ChainEdit } from '../../../../shared/chainEdit.ts'

/** A stage that edits add. */
export interface NewStage {
  readonly id: string
  readonly edits: readonly ChainEdit[]
}
