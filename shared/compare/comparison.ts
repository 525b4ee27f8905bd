import { z } from 'zod'
import { json } from '../json.ts'
import { sampleItem } from '../sample.ts'
import { source } from '../source.ts'
import type { TriedCell } from '../triedCell.ts'
import { variant } from '../variant.ts'
import { MOST_ITEMS, MOST_REPEATS, MOST_VARIANTS } from './limits.ts'

/** What is to be held against what. */
export const comparisonRequest = z.object({
  text: z.string(),
  file: z.string().nullable(),
  /** In place of the chain's own source. */
  source: source.optional(),
  items: z.array(sampleItem).min(1).max(MOST_ITEMS),
  variants: z.array(variant).min(1).max(MOST_VARIANTS),
  /** Only this stage and what it needs; its output is what is compared. null: the whole chain. */
  stage: z.string().nullable(),
  /** Times that each item is asked in each variant. */
  repeats: z.number().int().min(1).max(MOST_REPEATS),
  /** false: nothing is taken from memory. */
  memory: z.boolean(),
  params: z.record(z.string(), json).optional(),
})
export type ComparisonRequest = z.infer<typeof comparisonRequest>

export type ComparisonState =
  | { readonly status: 'running' }
  | { readonly status: 'done' }
  /** By the person, or the program ended in the middle: what was answered is kept. */
  | { readonly status: 'stopped' }
  | { readonly status: 'failed'; readonly message: string }

/** Items × variants, as far as they have been tried; with all that was asked for. */
export interface Comparison extends ComparisonRequest {
  readonly comparison: string
  /** Unix milliseconds. */
  readonly startedAt: number
  readonly state: ComparisonState
  /** In no order; those that have not begun are not there. */
  readonly cells: readonly TriedCell[]
}

/** Names one try of one item in one variant. */
export function cellName({ item, variant, repeat }: Pick<TriedCell, 'item' | 'variant' | 'repeat'>): string {
  return `${item.index} ${repeat} ${variant}`
}

/** Later cells in the place of earlier ones of the same name. */
export function placeCells(cells: readonly TriedCell[], changed: readonly TriedCell[]): readonly TriedCell[] {
  const byName = new Map(cells.map((cell) => [cellName(cell), cell]))
  for (const cell of changed) byName.set(cellName(cell), cell)
  return [...byName.values()]
}
