import type { SampleItem } from '../sample.ts'
import type { TriedCell } from '../triedCell.ts'
import type { Comparison } from './comparison.ts'
import { type ComparedCell, foldTries } from './foldTries.ts'
import { groupBy } from './groupBy.ts'
import { canonicalJson, isSameOutput } from './sameOutput.ts'

/** One item in all variants. */
export interface ComparedRow {
  readonly item: SampleItem
  /** In the order of the variants; null: it has not begun. */
  readonly cells: readonly (ComparedCell | null)[]
  /** Some answer is another than the base's. */
  readonly differs: boolean
  /** No answer was given by more than half of the variants. */
  readonly disagrees: boolean
  /** Some variant failed, or its answer did not fit at once. */
  readonly isInvalid: boolean
  /** Variants that gave the most frequent answer, of those that gave one. */
  readonly agreeing: number
  readonly answering: number
}

export const ROW_FILTERS = ['all', 'differ', 'disagree', 'invalid'] as const
export type RowFilter = (typeof ROW_FILTERS)[number]

/** Items in their order. `base`: the name of the variant that the others are held against. */
export function compareRows(
  { items, variants, cells }: Pick<Comparison, 'items' | 'variants' | 'cells'>,
  base: string,
): readonly ComparedRow[] {
  const byPlace = groupBy(cells, ({ item, variant }) => `${item.index} ${variant}`)
  return items.map((item) => {
    const folded = variants.map(({ name }) => foldTries(inOrder(byPlace.get(`${item.index} ${name}`) ?? [])))
    return { item, cells: folded, ...judgeRow(folded, base) }
  })
}

export function matchesFilter(row: ComparedRow, filter: RowFilter): boolean {
  switch (filter) {
    case 'all':
      return true
    case 'differ':
      return row.differs
    case 'disagree':
      return row.disagrees
    case 'invalid':
      return row.isInvalid
  }
}

/** false also where one of the two has not answered: then there is nothing to hold against the other. */
export function differsFrom(cell: ComparedCell | null, base: ComparedCell | null): boolean {
  return hasAnswer(cell) && hasAnswer(base) && !isSameOutput(cell.output, base.output)
}

export function hasAnswer(cell: ComparedCell | null): cell is ComparedCell {
  return cell !== null && cell.same > 0
}

function judgeRow(
  cells: readonly (ComparedCell | null)[],
  base: string,
): Pick<ComparedRow, 'differs' | 'disagrees' | 'isInvalid' | 'agreeing' | 'answering'> {
  const answered = cells.filter(hasAnswer)
  const groups = groupBy(answered, ({ output }) => canonicalJson(output))
  const agreeing = Math.max(0, ...[...groups.values()].map(({ length }) => length))
  const ofBase = answered.find(({ variant }) => variant === base) ?? null
  return {
    differs: answered.some((cell) => differsFrom(cell, ofBase)),
    disagrees: answered.length > 1 && agreeing * 2 <= answered.length,
    isInvalid: cells.some((cell) => cell !== null && !cell.isValid),
    agreeing,
    answering: answered.length,
  }
}

function inOrder(tries: readonly TriedCell[]): readonly TriedCell[] {
  return tries.toSorted((a, b) => a.repeat - b.repeat)
}
