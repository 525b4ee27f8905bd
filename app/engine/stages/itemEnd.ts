import type { Failure } from '../../../shared/failure.ts'
import type { Json } from '../../../shared/json.ts'
import type { ItemError } from '../../../shared/run.ts'

/** How one stage ended for one item, or for one element of a map. */
export type StageEnd =
  | { readonly kind: 'succeeded'; readonly output: Json }
  /** `when` said no, every input was skipped, or another stage had failed the item. */
  | { readonly kind: 'skipped'; readonly reason: string }
  /** `output`: what `onError` puts in its place. */
  | { readonly kind: 'failed'; readonly failure: Failure; readonly output: Json }
  | { readonly kind: 'suspended' }

/** How a list of stages ended: those of an item, of an element of a map, of a used chain. */
export type ListEnd =
  /** `skipped`: all its stages were. */
  | {
      readonly kind: 'done'
      readonly status: 'succeeded' | 'skipped'
      readonly stages: readonly StageEnd[]
      readonly output: Json
    }
  /** `stage` null: their common output could not be worked out. */
  | {
      readonly kind: 'failed'
      readonly stages: readonly StageEnd[]
      readonly stage: string | null
      readonly failure: Failure
    }
  /** The run is pausing: it waits again. */
  | { readonly kind: 'suspended'; readonly stages: readonly StageEnd[] }

export type ItemEnd =
  | Exclude<ListEnd, { kind: 'failed' }>
  | { readonly kind: 'failed'; readonly stages: readonly StageEnd[]; readonly error: ItemError }
