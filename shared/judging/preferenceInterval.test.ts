import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { isRuledOut, preference, preferenceInterval, type Tally, votesIn } from './preferenceInterval.ts'
import { seededRandom } from './seededRandom.ts'
import { simulateDuels } from './simulateDuels.ts'
import { isSure, votesToBeSure } from './votesToBeSure.ts'

const NONE: Tally = { wins: 0, losses: 0, ties: 0 }
const tally = fc.record({ wins: fc.nat(200), losses: fc.nat(200), ties: fc.nat(200) })

describe('the interval of a preference', () => {
  it('is everything before the first vote', () => {
    expect(preferenceInterval(NONE)).toEqual({ low: 0, high: 1 })
  })
  it('holds what was seen', () => {
    fc.assert(
      fc.property(tally, (votes) => {
        const { low, high } = preferenceInterval(votes)
        const seen = preference(votes) ?? 0.5
        expect(low).toBeLessThanOrEqual(seen + 1e-9)
        expect(high).toBeGreaterThanOrEqual(seen - 1e-9)
      }),
    )
  })
  it('is the same from the other side', () => {
    fc.assert(
      fc.property(tally, ({ wins, losses, ties }) => {
        const one = preferenceInterval({ wins, losses, ties })
        const other = preferenceInterval({ wins: losses, losses: wins, ties })
        expect(other.low).toBeCloseTo(1 - one.high, 9)
        expect(other.high).toBeCloseTo(1 - one.low, 9)
      }),
    )
  })
  it('ends where values are ruled out', () => {
    fc.assert(
      fc.property(tally, fc.double({ min: 0.01, max: 0.99, noNaN: true }), (votes, value) => {
        const { low, high } = preferenceInterval(votes)
        if (Math.min(Math.abs(value - low), Math.abs(value - high)) < 1e-6) return
        expect(isRuledOut(votes, value)).toBe(value < low || value > high)
      }),
    )
  })
  it('moves up with a win and down with a loss', () => {
    fc.assert(
      fc.property(tally, (votes) => {
        const before = preferenceInterval(votes)
        expect(preferenceInterval({ ...votes, wins: votes.wins + 1 }).low).toBeGreaterThanOrEqual(before.low - 1e-9)
        expect(preferenceInterval({ ...votes, losses: votes.losses + 1 }).high).toBeLessThanOrEqual(before.high + 1e-9)
      }),
    )
  })
  it('closes around a half when everything is a tie', () => {
    const { low, high } = preferenceInterval({ ...NONE, ties: 100 })
    expect(low).toBeGreaterThan(0.4)
    expect(high).toBeLessThan(0.6)
  })
})

describe('simulated duels', () => {
  it.each([
    [0.5, 0],
    [0.5, 0.4],
    [0.6, 0.2],
    [0.75, 0.3],
    [0.9, 0],
  ])('hold a preference of %s with %s ties often enough, looked at after each vote', (truth, ties) => {
    const looked = simulateDuels({ preference: truth, ties, duels: 400, seed: 5, stop: 'sure', mostVotes: 120 })
    expect(looked.covered).toBeGreaterThanOrEqual(0.93)
    expect(looked.wrong).toBeLessThanOrEqual(0.05)
  })
  it.each([
    [0.5, 0.2],
    [0.7, 0],
    [0.95, 0],
  ])('hold a preference of %s with %s ties often enough, looked at once', (truth, ties) => {
    const once = simulateDuels({ preference: truth, ties, duels: 400, seed: 9, stop: 'end', mostVotes: 40 })
    expect(once.covered).toBeGreaterThanOrEqual(0.93)
  })
  it('come to an end', () => {
    const looked = simulateDuels({ preference: 0.8, ties: 0.1, duels: 200, seed: 3, stop: 'sure', mostVotes: 300 })
    expect(looked.sure).toBe(1)
    expect(looked.medianVotes).toBeLessThan(30)
  })
})

describe('votes to be sure', () => {
  it('is not told without votes, and where nobody is ahead', () => {
    expect(votesToBeSure(NONE)).toBeNull()
    expect(votesToBeSure({ wins: 9, losses: 9, ties: 4 })).toBeNull()
    expect(votesToBeSure({ wins: 501, losses: 500, ties: 0 })).toBeNull()
  })
  it('is never of few votes 0', () => {
    for (let wins = 1; wins <= 5; wins++) expect(votesToBeSure({ ...NONE, wins })).toBeGreaterThan(0)
  })
  it('is 0 exactly where the interval has left one half', () => {
    fc.assert(
      fc.property(tally, (votes) => {
        expect(votesToBeSure(votes) === 0).toBe(isSure(votes))
      }),
    )
  })
  it('is enough at the rate so far, and one less is not', () => {
    const votes = { wins: 13, losses: 6, ties: 5 }
    const more = votesToBeSure(votes) ?? 0
    const grown = (by: number) => {
      const factor = 1 + by / 24
      return { wins: votes.wins * factor, losses: votes.losses * factor, ties: votes.ties * factor }
    }
    expect([isSure(grown(more)), isSure(grown(more - 1))]).toEqual([true, false])
  })
  it('is what it takes in the mean', () => {
    const random = seededRandom(21)
    const start = { wins: 12, losses: 6, ties: 6 }
    const furtherVotes = () => {
      const votes = { ...start }
      while (!isSure(votes)) {
        const dice = random()
        if (dice < 0.5) votes.wins++
        else if (dice < 0.75) votes.losses++
        else votes.ties++
      }
      return votesIn(votes) - votesIn(start)
    }
    const duels = 300
    const mean = Array.from({ length: duels }, furtherVotes).reduce((sum, votes) => sum + votes, 0) / duels
    expect(Math.abs(mean / (votesToBeSure(start) ?? 0) - 1)).toBeLessThan(0.2)
  })
})
