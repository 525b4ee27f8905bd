import { expect, it } from 'vitest'
import { agreement } from '../../../../shared/judging/kappa.ts'
import { agreementWords } from './agreementWords.ts'

const times = (count: number, a: string, b: string) => Array.from({ length: count }, () => [a, b] as const)

it.each([
  [[], 0, 'Judge a few pairs yourself first: only by them can it be told how far it agrees with you.'],
  [[], 3, 'It has not judged your pairs yet. It may judge others when it has.'],
  [
    times(3, 'tie', 'tie'),
    3,
    'It agrees with you on 3 of 3 pairs; whether beyond chance cannot be told while all verdicts are the same.',
  ],
  [
    [...times(2, 'first', 'first'), ...times(1, 'second', 'second'), ...times(1, 'first', 'second')],
    4,
    'It agrees with you on 3 of 4 pairs (kappa 0.50, 95 %: -0.40 to 0.91): it may be no better than chance.',
  ],
  [
    [...times(20, 'first', 'first'), ...times(18, 'second', 'second'), ...times(2, 'first', 'second')],
    40,
    'It agrees with you on 38 of 40 pairs (kappa 0.90, 95 %: 0.67 to 0.97).',
  ],
])('says of %j what it is worth', (pairs, own, words) => {
  expect(agreementWords(agreement(pairs), own)).toBe(words)
})
