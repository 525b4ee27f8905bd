import { describe, expect, it } from 'vitest'
import { agreement } from './kappa.ts'
import { seededRandom } from './seededRandom.ts'
import { wilsonInterval } from './wilsonInterval.ts'

const times = (count: number, a: string, b: string) => Array.from({ length: count }, () => [a, b] as const)

describe('the interval of a share', () => {
  it.each([
    [0, 0, 0, 1],
    [0, 10, 0, 0.278],
    [10, 10, 0.722, 1],
    [81, 263, 0.255, 0.366],
  ])('%s of %s is from %s to %s', (...told) => {
    const [passed, total, low, high] = told
    const interval = wilsonInterval(passed, total)
    expect(interval.low).toBeCloseTo(low, 3)
    expect(interval.high).toBeCloseTo(high, 3)
  })
})

describe('agreement', () => {
  it('is what the textbook says', () => {
    const { kappa, same, count } = agreement([
      ...times(20, 'yes', 'yes'),
      ...times(5, 'yes', 'no'),
      ...times(10, 'no', 'yes'),
      ...times(15, 'no', 'no'),
    ])
    expect([kappa?.toFixed(6), same, count]).toEqual(['0.400000', 0.7, 50])
  })
  it('is not certain of few verdicts that are all the same', () => {
    const { kappa, interval } = agreement([...times(2, 'a', 'a'), ...times(2, 'b', 'b')])
    expect(kappa).toBe(1)
    expect(interval?.low).toBeLessThan(0.3)
  })
  it('is nothing where both always say one thing', () => {
    expect(agreement(times(9, 'a', 'a'))).toEqual({ count: 9, same: 1, kappa: null, interval: null })
    expect(agreement([]).kappa).toBeNull()
  })
  it('has an interval that holds the truth in 93 % and more', () => {
    const random = seededRandom(11)
    // Both say a or b at even odds; with 0.6 the second repeats the first, else it throws dice: kappa is 0.6.
    const verdict = () => (random() < 0.5 ? 'a' : 'b')
    const judged = (): readonly [string, string] => {
      const first = verdict()
      return [first, random() < 0.6 ? first : verdict()]
    }
    const intervals = Array.from({ length: 2000 }, () => agreement(Array.from({ length: 30 }, judged)).interval)
    const holding = intervals.filter((interval) => interval !== null && interval.low <= 0.6 && interval.high >= 0.6)
    expect(holding.length / intervals.length).toBeGreaterThanOrEqual(0.93)
  })
})
