import type { Json } from '../json.ts'
import type { TriedCell } from '../triedCell.ts'
import { differences } from './differences.ts'
import { seededRandom, seedOf } from './seededRandom.ts'

/** Two outputs of one item, and on which side each is to stand. */
export interface DuelPair {
  /** The same for the same outputs of the same variants, whichever is named first. */
  readonly id: string
  readonly item: TriedCell['item']
  readonly left: TriedCell
  readonly right: TriedCell
}

export interface DuelPairs {
  /** In an order that tells nothing, and stays the same. */
  readonly pairs: readonly DuelPair[]
  /** Pairs whose outputs are the same: ties without a vote. */
  readonly same: number
  /** Pairs of which one or both have no output. */
  readonly without: number
  /** Keys of the items that both were tried on. */
  readonly items: readonly string[]
}

/**
 * What two variants made of the same items. Sides are thrown for each pair, both equally likely, and fall the same way each
 * time the same pair is made.
 */
export function duelPairs(
  cells: readonly TriedCell[],
  variants: readonly [string, string],
  stage: string | null,
): DuelPairs {
  const [first, second] = [...variants].sort()
  const of = (variant: string | undefined) => cells.filter((cell) => cell.variant === variant)
  const others = new Map(of(second).map((cell) => [triedKey(cell), cell]))
  let [same, without] = [0, 0]
  const pairs: DuelPair[] = []
  const items = new Set<string>()
  for (const cell of of(first)) {
    const other = others.get(triedKey(cell))
    if (other === undefined || cell.status === 'running' || other.status === 'running') continue
    items.add(cell.item.key)
    if (cell.status !== 'succeeded' || other.status !== 'succeeded') without++
    else if (differences(cell.output, other.output).length === 0) same++
    else pairs.push(pairOf(cell, other, stage))
  }
  return {
    pairs: pairs.sort((a, b) => seedOf(`order ${a.id}`) - seedOf(`order ${b.id}`)),
    same,
    without,
    items: [...items].sort(),
  }
}

function pairOf(cell: TriedCell, other: TriedCell, stage: string | null): DuelPair {
  const told = [cell.item.key, cell.repeat, stage, cell.variant, cell.output, other.variant, other.output]
  const id = outputVersion(told)
  const [left, right] = seededRandom(seedOf(`sides ${id}`))() < 0.5 ? [cell, other] : [other, cell]
  return { id, item: cell.item, left, right }
}

function triedKey({ item, repeat }: TriedCell): string {
  return `${repeat} ${item.key}`
}

/** A short text that is the same for the same value. Values of one cell at different times are told apart by it, no more. */
export function outputVersion(value: Json): string {
  const text = JSON.stringify(value)
  return [seedOf(text), seedOf(`again ${text}`)].map((part) => part.toString(36)).join('-')
}
