import { expect, it } from 'vitest'
import type { Json } from '../json.ts'
import type { TriedCell } from '../triedCell.ts'
import { NO_USAGE } from '../usage.ts'
import { duelPairs } from './duelPairs.ts'
import { duelTally, judgeAgreement } from './duelTally.ts'
import { duelVerdict } from './duelVerdict.ts'
import type { Vote, Winner } from './vote.ts'

const aCell = (
  name: readonly [key: string, variant: string],
  output: Json,
  more: Partial<TriedCell> = {},
): TriedCell => ({
  item: { index: 0, key: name[0] },
  variant: name[1],
  repeat: 0,
  run: '',
  status: 'succeeded',
  output,
  error: null,
  latencyMs: 0,
  usage: NO_USAGE,
  costMicros: 0,
  remembered: false,
  attempts: 1,
  isValid: true,
  stages: {},
  ...more,
})
const BOTH: readonly [string, string] = ['local', 'frontier']
const cellsOf = (count: number) =>
  Array.from({ length: count }, (_, n) => [
    aCell([`${n}`, 'local'], `l${n}`),
    aCell([`${n}`, 'frontier'], `f${n}`),
  ]).flat()
const CELLS = cellsOf(12)
const votesFor = (winner: (n: number) => string | null, judge: string | null = null): Vote[] =>
  duelPairs(CELLS, BOTH, null).pairs.map(({ id, item, left, right }): Vote => {
    const better = winner(Number(item.key))
    const side: Winner = better === null ? 'tie' : better === left.variant ? 'left' : 'right'
    return {
      pair: id,
      item: item.key,
      stage: null,
      left: left.variant,
      right: right.variant,
      winner: side,
      judge,
      why: null,
      criteria: null,
    }
  })

it('puts each variant on each side equally often', () => {
  const { pairs } = duelPairs(cellsOf(2000), BOTH, null)
  const left = pairs.filter(({ left }) => left.variant === 'local').length / pairs.length
  // Four standard deviations of a fair coin.
  expect(Math.abs(left - 0.5)).toBeLessThan(4 * Math.sqrt(0.25 / 2000))
})
it('tells no side by the order of the pairs', () => {
  const { pairs } = duelPairs(cellsOf(2000), BOTH, null)
  const sides = pairs.map(({ left }) => left.variant)
  const changes = sides.filter((side, at) => at > 0 && side !== sides[at - 1]).length / sides.length
  expect(Math.abs(changes - 0.5)).toBeLessThan(0.05)
})
it('makes the same pairs whichever variant is named first', () => {
  expect(duelPairs([...CELLS].reverse(), ['frontier', 'local'], null)).toEqual(duelPairs(CELLS, BOTH, null))
})
it('leaves out what is the same, what failed and what is not there yet', () => {
  const cells = [
    aCell(['same', 'local'], { a: 1, b: 2 }),
    aCell(['same', 'frontier'], { b: 2, a: 1 }),
    aCell(['failed', 'local'], null, { status: 'failed' }),
    aCell(['failed', 'frontier'], 'x'),
    aCell(['running', 'local'], null, { status: 'running' }),
    aCell(['running', 'frontier'], 'x'),
    aCell(['alone', 'local'], 'x'),
  ]
  expect(duelPairs(cells, BOTH, null)).toEqual({ pairs: [], same: 1, without: 1, items: ['failed', 'same'] })
})
it('counts votes whatever side each stood on', () => {
  const pairs = duelPairs(CELLS, BOTH, null)
  const votes = votesFor((n) => (n < 7 ? 'frontier' : n < 9 ? 'local' : null))
  expect(duelTally(votes, { variants: BOTH, stage: null, pairs }, null)).toEqual({ wins: 2, losses: 7, ties: 3 })
  expect(duelTally(votes, { variants: ['frontier', 'local'], stage: null, pairs }, null)).toEqual({
    wins: 7,
    losses: 2,
    ties: 3,
  })
})
it('does not count votes on outputs that are other ones now', () => {
  const now = duelPairs([aCell(['0', 'local'], 'changed'), aCell(['0', 'frontier'], 'f0')], BOTH, null)
  const duel = { variants: BOTH, stage: null, pairs: now }
  expect(
    duelTally(
      votesFor(() => 'local'),
      duel,
      null,
    ),
  ).toEqual({ wins: 11, losses: 0, ties: 0 })
  expect(
    duelTally(
      votesFor(() => 'local'),
      { ...duel, stage: 'extract' },
      null,
    ),
  ).toEqual({ wins: 0, losses: 0, ties: 0 })
})
it('holds a judge against the person', () => {
  const duel = { variants: BOTH, stage: null, pairs: duelPairs(CELLS, BOTH, null) }
  const votes = [
    ...votesFor((n) => (n < 6 ? 'local' : 'frontier')),
    ...votesFor((n) => (n < 5 ? 'local' : 'frontier'), 'standard'),
  ]
  const { count, same, kappa } = judgeAgreement(votes, duel, 'standard')
  expect([count, same, kappa?.toFixed(3)]).toEqual([12, 11 / 12, '0.833'])
  expect(judgeAgreement(votes, duel, 'other').count).toBe(0)
})

it.each([
  [{ wins: 0, losses: 0, ties: 0 }, 'No votes yet.', null],
  [
    { wins: 2, losses: 6, ties: 2 },
    'frontier is ahead, not surely: preferred in 70 % of 10 pairs, 29–95 % of all such items (95 % interval).',
    'About 36 more votes to be sure.',
  ],
  [{ wins: 30, losses: 6, ties: 4 }, 'local is better: preferred in 59–94 % of all such items (95 % interval).', null],
  [
    { wins: 3, losses: 3, ties: 1 },
    'No difference in 7 pairs: each is preferred in 9–91 % of all such items (95 % interval).',
    'More votes will tell whether there is one.',
  ],
  [
    { wins: 101, losses: 100, ties: 0 },
    'local is ahead, not surely: preferred in 50 % of 201 pairs, 39–62 % of all such items (95 % interval).',
    'The two are so close that votes will hardly tell them apart.',
  ],
])('says what %j means', (tally, verdict, outlook) => {
  expect(duelVerdict(tally, ['local', 'frontier'])).toEqual({ verdict, outlook })
})
