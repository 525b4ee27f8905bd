import { create } from 'zustand'
import type { RowFilter } from '../../../shared/compare/compareRows.ts'

export const COMPARE_VIEWS = ['matrix', 'duel', 'picture', 'evaluations'] as const
export type CompareView = (typeof COMPARE_VIEWS)[number]

/** A place in the matrix. */
export interface CellPlace {
  /** Index of the item in its source. */
  readonly item: number
  readonly variant: string
}

interface CompareViewState {
  readonly view: CompareView
  readonly filter: RowFilter
  /** Differences from the base are marked. */
  readonly showsDiff: boolean
  /** Where the arrow keys stand; null: nowhere yet. */
  readonly cursor: CellPlace | null
  /** Whose trace the drawer shows; null: it is closed. */
  readonly open: CellPlace | null
  set(change: Partial<Pick<CompareViewState, 'view' | 'filter' | 'showsDiff' | 'cursor' | 'open'>>): void
}

/** How the comparison is looked at. */
export const useCompareViewStore = create<CompareViewState>()((set) => ({
  view: 'matrix',
  filter: 'all',
  showsDiff: true,
  cursor: null,
  open: null,
  set: (change) => set(change),
}))
