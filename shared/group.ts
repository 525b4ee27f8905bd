/** What released a group: it was full, its time was up, or nothing more could come. */
export const GROUP_REASONS = ['size', 'within', 'end'] as const
export type GroupReason = (typeof GROUP_REASONS)[number]

/** How a gather does, for the canvas and the run's header. */
export interface GatherCounts {
  readonly gather: string
  /** Groups released, by what released them. */
  readonly groups: { readonly [reason in GroupReason]: number }
  /** Items in released groups. */
  readonly members: number
  /** Items that wait in open groups. */
  readonly waiting: number
  /** Items that `where` left out. */
  readonly filtered: number
  /** Items of a `correlate` that found no partner. */
  readonly unmatched: number
  /** Members of a full group; null: the chain sets no size. `members / (groups × size)` is how full they were. */
  readonly size: number | null
}

/** How the shared calls of a model stage with `pack` do. */
export interface PackCounts {
  readonly stage: string
  /** Calls, those for what earlier ones left open included. */
  readonly calls: number
  /** Items answered. */
  readonly answered: number
  /** Items that had to be asked for again. */
  readonly again: number
  /** Items that wait for their call. */
  readonly waiting: number
  readonly reasons: { readonly [reason in 'size' | 'tokens' | 'within' | 'end']: number }
  /** Items a full call has. */
  readonly size: number
}
