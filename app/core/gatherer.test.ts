import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Gatherer, type GatherRules, type Released, type SealedGroup } from './gatherer.ts'

const SIZE_10_WITHIN_30: GatherRules = { size: 10, withinMs: 30_000, correlate: null }

interface Flush {
  readonly t: number
  readonly n: number
  readonly reason: SealedGroup['reason']
}

/** Items that come at these seconds, with a clock that calls when it is due; the input ends at `end`, if it does. */
function timeline(rules: GatherRules, arrivals: readonly number[], end: number | null = null): readonly Flush[] {
  const gatherer = new Gatherer(rules)
  const flushes: Flush[] = []
  const note = (seconds: number, { groups }: Released) => {
    for (const { members, reason } of groups) flushes.push({ t: seconds, n: members.length, reason })
  }
  const passTo = (seconds: number) => {
    for (let due = gatherer.nextDueMs; due !== null && due < seconds * 1000; due = gatherer.nextDueMs)
      note(due / 1000, gatherer.due(due))
  }
  for (const [index, seconds] of arrivals.entries()) {
    passTo(seconds)
    note(seconds, gatherer.join({ index, key: null, part: null }, seconds * 1000))
  }
  if (end === null) passTo(Number.POSITIVE_INFINITY)
  else {
    passTo(end)
    note(end, gatherer.end())
  }
  return flushes
}

describe('a gather by size and time', () => {
  const arrivals = [0, 0, 0, 0, 0, 10, 10, 10, 20, 20, 25, 25, 25]

  it('releases a group when it is full, or when its time is up, whichever comes first', () => {
    expect(timeline(SIZE_10_WITHIN_30, arrivals)).toEqual([
      { t: 20, n: 10, reason: 'size' },
      { t: 55, n: 3, reason: 'within' },
    ])
  })

  it('releases the rest when the input ends', () => {
    expect(timeline(SIZE_10_WITHIN_30, arrivals, 26)).toEqual([
      { t: 20, n: 10, reason: 'size' },
      { t: 26, n: 3, reason: 'end' },
    ])
    const seven = { size: 3, withinMs: null, correlate: null }
    expect(timeline(seven, Array(7).fill(0), 1).map(({ n, reason }) => [n, reason])).toEqual([
      [3, 'size'],
      [3, 'size'],
      [1, 'end'],
    ])
    const sixty = { size: 25, withinMs: null, correlate: null }
    expect(timeline(sixty, Array(60).fill(0), 1).map(({ n }) => n)).toEqual([25, 25, 10])
  })

  it('releases nothing when nothing waits', () => {
    const gatherer = new Gatherer(SIZE_10_WITHIN_30)
    expect([gatherer.due(60_000).groups, gatherer.end().groups, gatherer.nextDueMs]).toEqual([[], [], null])
  })

  it('releases once where a group is full at the moment at which its time is up', () => {
    expect(timeline(SIZE_10_WITHIN_30, [...Array(9).fill(0), 30])).toEqual([{ t: 30, n: 10, reason: 'size' }])
  })

  it('counts the time from the first item behind a release', () => {
    expect(timeline(SIZE_10_WITHIN_30, [0, 29, 31, 62])).toEqual([
      { t: 30, n: 2, reason: 'within' },
      { t: 61, n: 1, reason: 'within' },
      { t: 92, n: 1, reason: 'within' },
    ])
  })

  it('releases what is overdue before it takes a late item in, even if nobody asked in time', () => {
    const gatherer = new Gatherer(SIZE_10_WITHIN_30)
    gatherer.join({ index: 0, key: null, part: null }, 0)
    const { groups } = gatherer.join({ index: 1, key: null, part: null }, 31_000)
    expect(groups).toEqual([{ key: null, reason: 'within', members: [0] }])
    expect(gatherer.nextDueMs).toBe(61_000)
  })

  it('keeps 99 of 100 waiting until the end, and never loses them', () => {
    expect(timeline({ size: 100, withinMs: null, correlate: null }, Array(99).fill(0))).toEqual([])
    expect(timeline({ size: 100, withinMs: null, correlate: null }, Array(99).fill(0), 5)).toEqual([
      { t: 5, n: 99, reason: 'end' },
    ])
  })

  it.each([16, 100, 1000])('finishes %i items', (count) => {
    const flushes = timeline({ size: 15, withinMs: null, correlate: null }, Array(count).fill(0), 1)
    expect(flushes.reduce((sum, { n }) => sum + n, 0)).toBe(count)
  })
})

describe('a gather that correlates', () => {
  const correlated = (change: Partial<GatherRules> = {}, withinMs: number | null = null) =>
    new Gatherer({ size: null, withinMs: null, correlate: { of: ['temp', 'pressure'], withinMs }, ...change })
  const part = (index: number, source: string, by: string | null) => ({ index, key: null, part: { source, by } })

  it('counts five pairs as five entries of one full group', () => {
    const gatherer = correlated({ size: 5 })
    const joins = Array.from({ length: 10 }, (_, index) => {
      const [source, pair] = index < 5 ? ['temp', index] : ['pressure', index - 5]
      return gatherer.join(part(index, source, `s${pair}`), 0)
    })
    expect(joins.flatMap(({ groups }) => groups)).toEqual([
      { key: null, reason: 'size', members: [0, 5, 1, 6, 2, 7, 3, 8, 4, 9] },
    ])
  })

  it('releases four whole pairs at the end and tells of the one that found no partner', () => {
    const gatherer = correlated({ size: 5 })
    for (let pair = 0; pair < 4; pair++) {
      gatherer.join(part(2 * pair, 'temp', `s${pair}`), 0)
      gatherer.join(part(2 * pair + 1, 'pressure', `s${pair}`), 0)
    }
    gatherer.join(part(8, 'temp', 'lone'), 0)
    expect(gatherer.waiting).toBe(9)
    const { groups, unmatched } = gatherer.end()
    expect([groups.map(({ members, reason }) => [members.length, reason]), unmatched]).toEqual([[[8, 'end']], [8]])
  })

  it('makes each whole a group of its own, with what they were matched by as its key, where nothing else is asked', () => {
    const gatherer = correlated()
    gatherer.join(part(0, 'pressure', 'a'), 0)
    expect(gatherer.join(part(1, 'temp', 'a'), 0).groups).toEqual([{ key: 'a', reason: 'size', members: [1, 0] }])
  })

  it('matches equal keys one by one, oldest first', () => {
    const gatherer = correlated()
    gatherer.join(part(0, 'temp', 'a'), 0)
    gatherer.join(part(1, 'temp', 'a'), 0)
    const pairs = [2, 3].flatMap((index) => gatherer.join(part(index, 'pressure', 'a'), 0).groups)
    expect(pairs.map(({ members }) => members)).toEqual([
      [0, 2],
      [1, 3],
    ])
    expect(gatherer.waiting).toBe(0)
  })

  it('lets a part wait so long for its partners and no longer, and takes a partner that comes just in time', () => {
    const gatherer = correlated({}, 1000)
    gatherer.join(part(0, 'temp', 'a'), 0)
    gatherer.join(part(1, 'temp', 'b'), 500)
    expect(gatherer.join(part(2, 'pressure', 'a'), 1000).groups.length).toBe(1)
    expect(gatherer.nextDueMs).toBe(1500)
    expect(gatherer.due(1500).unmatched).toEqual([1])
    expect(gatherer.join(part(3, 'pressure', 'b'), 1600)).toEqual({ groups: [], unmatched: [] })
    expect(gatherer.end().unmatched).toEqual([3])
  })

  it('matches nothing by a key that is not there, nor items of other sources', () => {
    const gatherer = correlated()
    expect(gatherer.join(part(0, 'temp', null), 0).unmatched).toEqual([0])
    expect(gatherer.join(part(1, 'humidity', 'a'), 0).unmatched).toEqual([1])
    expect(gatherer.waiting).toBe(0)
  })
})

describe('any gather over any arrivals', () => {
  const arrival = fc.record({
    gapMs: fc.integer({ min: 0, max: 50 }),
    key: fc.constantFrom('a', 'b', 'c'),
    source: fc.constantFrom('x', 'y', 'z'),
    by: fc.constantFrom('1', '2', null),
  })
  const maybe = (values: fc.Arbitrary<number>) => fc.option(values, { nil: null })
  const rules = fc.record({
    size: maybe(fc.integer({ min: 1, max: 5 })),
    withinMs: maybe(fc.integer({ min: 1, max: 80 })),
    correlate: fc.option(fc.record({ of: fc.constant(['x', 'y']), withinMs: maybe(fc.integer({ min: 1, max: 80 })) }), {
      nil: null,
    }),
  })

  it('loses nothing, gives nothing twice, keeps keys apart, sizes and order right', () => {
    fc.assert(
      fc.property(rules, fc.array(arrival, { maxLength: 60 }), (told, arrivals) => {
        const gatherer = new Gatherer(told)
        const groups: SealedGroup[] = []
        const unmatched: number[] = []
        const note = (released: Released) => {
          groups.push(...released.groups)
          unmatched.push(...released.unmatched)
        }
        let now = 0
        for (const [index, { gapMs, key, source, by }] of arrivals.entries()) {
          now += gapMs
          if (gapMs > 25) note(gatherer.due(now))
          note(gatherer.join({ index, key, part: told.correlate === null ? null : { source, by } }, now))
          const seen = groups.flatMap(({ members }) => members).length + unmatched.length
          expect(gatherer.waiting).toBe(index + 1 - seen)
        }
        note(gatherer.end())
        const members = groups.flatMap((group) => group.members)
        expect([...members, ...unmatched].sort((a, b) => a - b)).toEqual([...arrivals.keys()])
        const partsPerEntry = told.correlate === null ? 1 : 2
        for (const group of groups) {
          const entries = group.members.length / partsPerEntry
          if (told.size !== null) expect(entries).toBeLessThanOrEqual(told.size)
          if (group.reason === 'size') expect(entries).toBe(told.size ?? 1)
          if (told.correlate === null) {
            expect(group.members).toEqual([...group.members].sort((a, b) => a - b))
            expect(new Set(group.members.map((index) => arrivals[index]?.key))).toEqual(new Set([group.key]))
          } else
            for (let at = 0; at < group.members.length; at += 2) {
              const [x, y] = [arrivals[group.members[at] ?? -1], arrivals[group.members[at + 1] ?? -1]]
              expect([x?.source, y?.source, x?.by === y?.by]).toEqual(['x', 'y', true])
            }
        }
      }),
    )
  })
})
