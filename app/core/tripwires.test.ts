import { describe, expect, it } from 'vitest'
import { DEFAULT_TRIPWIRES, type Tripwires } from '../../shared/tripwires.ts'
import { type Trip, TripwireWatch } from './tripwires.ts'

function watching(changed: { wires?: Tripwires; expectedMicros?: number | null; left?: number } = {}) {
  const { wires = DEFAULT_TRIPWIRES, expectedMicros = null, left = 1000 } = changed
  const watch = new TripwireWatch({ wires, expectedMicros, left: () => left })
  let index = 0
  const place = () => ({ lane: 0, index: index++ })
  return {
    ends: (cause: string | null, costMicros = 100) =>
      watch.finished({ place: place(), status: cause === null ? 'succeeded' : 'failed', cause, costMicros }),
    answers: (isInvalid: boolean) => watch.answered({ place: place(), isInvalid }),
  }
}

/** The first trip, and after how many. */
function firstTrip(count: number, next: (at: number) => Trip | null): { at: number; trip: Trip } | null {
  for (let at = 1; at <= count; at++) {
    const trip = next(at)
    if (trip !== null) return { at, trip }
  }
  return null
}

/** Mulberry32: the same dice in every run of the test. */
function seededRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    const mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    const more = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((more ^ (more >>> 14)) >>> 0) / 2 ** 32
  }
}

describe('the tripwire for the same error', () => {
  it('trips at the tenth item in a row that failed for one cause: a prompt that always fails costs ten', () => {
    const { ends } = watching()
    const found = firstTrip(1000, () => ends('draft invalid_output the answer lacks date'))
    expect(found?.at).toBe(10)
    expect(found?.trip).toEqual({
      wire: 'sameError',
      message:
        '10 items in a row failed for the same cause. All that is finished is kept. Look at these items, change the chain or the items, then go on; or resume as it is.',
      items: [4, 5, 6, 7, 8, 9].map((index) => ({ lane: 0, index })),
    })
  })

  it('begins anew at each success and each other cause', () => {
    const { ends } = watching({ wires: { sameError: 3 } })
    expect(['a', 'a', null, 'a', 'a', 'b', 'b', null].map((cause) => ends(cause))).toEqual(Array(8).fill(null))
    expect(['c', 'c', 'c'].map((cause) => ends(cause)?.wire ?? null)).toEqual([null, null, 'sameError'])
  })
})

describe('the tripwire for the share of errors', () => {
  const mixed = (at: number) => (at % 3 === 0 ? `cause ${at % 2}` : null)

  it('is counted from thirty items on', () => {
    const { ends } = watching()
    const found = firstTrip(1000, (at) => ends(mixed(at)))
    expect(found).toMatchObject({ at: 30, trip: { wire: 'errorShare', items: { length: 6 } } })
    expect(found?.trip.message).toContain('10 of the last 30 items failed; the run pauses at 25 %.')
  })

  it('is of the last hundred items: what went well long ago does not outweigh what goes wrong now', () => {
    const { ends } = watching()
    const found = firstTrip(1000, (at) => ends(at > 500 ? mixed(at) : null))
    expect(found?.at).toBe(573)
    expect(found?.trip.message).toContain('25 of the last 100')
  })

  it('may be all of them', () => {
    const { ends } = watching({ wires: { errorShare: 1 } })
    expect(firstTrip(100, (at) => ends(`cause ${at}`))?.at).toBe(30)
  })
})

describe('the tripwire for invalid answers', () => {
  it('is touched by answers, repaired ones too, with the items that they were for', () => {
    const { answers } = watching()
    const found = firstTrip(1000, (at) => answers(at % 2 === 0))
    expect(found).toMatchObject({ at: 30, trip: { wire: 'invalidShare' } })
    expect(found?.trip.items.map(({ index }) => index)).toEqual([19, 21, 23, 25, 27, 29])
    expect(found?.trip.message).toContain('15 of the last 30 answers did not fit their schema')
  })

  it('names an item once', () => {
    const watch = new TripwireWatch({ wires: DEFAULT_TRIPWIRES, expectedMicros: null, left: () => 1000 })
    const found = firstTrip(100, (at) => watch.answered({ place: { lane: 1, index: at >> 4 }, isInvalid: true }))
    expect(found?.trip.items).toEqual([0, 1].map((index) => ({ lane: 1, index })))
  })
})

describe('the tripwire for cost', () => {
  it('is over three times what an item was expected to cost, from twenty items on', () => {
    const dear = watching({ expectedMicros: 100 })
    const found = firstTrip(1000, (at) => dear.ends(null, at === 5 ? 9000 : 310))
    expect(found).toMatchObject({ at: 20, trip: { wire: 'costFactor' } })
    expect(found?.trip.message).toContain('7.4 times the $0.00010 that were expected.')
    expect(found?.trip.items).toContainEqual({ lane: 0, index: 4 })
    const just = watching({ expectedMicros: 100 })
    expect(firstTrip(1000, () => just.ends(null, 300))).toBeNull()
  })

  it('is held against the first twenty that cost something, where nobody says what to expect', () => {
    const { ends } = watching()
    const cost = (at: number) => (at <= 500 ? 0 : at <= 520 ? 100 : 1000)
    const found = firstTrip(1000, (at) => ends(null, cost(at)))
    // Twenty at 100 and n at 1,000 are over 300 on the average from n = 6 on.
    expect(found).toMatchObject({ at: 526, trip: { wire: 'costFactor' } })
    expect(found?.trip.message).toContain('times the $0.00010 of the first ones.')
  })

  it('is off where nothing is expected to cost anything', () => {
    const free = watching({ expectedMicros: 0 })
    expect(firstTrip(200, (at) => free.ends(null, at * 1000))).toBeNull()
    const unpriced = watching()
    expect(firstTrip(200, () => unpriced.ends(null, 0))).toBeNull()
  })
})

describe('any tripwire', () => {
  it('trips once', () => {
    const { ends } = watching()
    const trips = Array.from({ length: 200 }, () => ends('same')).filter((trip) => trip !== null)
    expect(trips.length).toBe(1)
  })

  it('lets the last fifty items run to their end', () => {
    const near = watching({ left: 49 })
    expect(firstTrip(200, () => near.ends('same') ?? near.answers(true))).toBeNull()
    const far = watching({ left: 50 })
    expect(firstTrip(200, () => far.ends('same'))?.at).toBe(10)
  })

  it('is off where it is null or left out', () => {
    const off: Tripwires = { errorShare: null, sameError: null, invalidShare: null, costFactor: null }
    for (const wires of [off, {}]) {
      const { ends, answers } = watching({ wires, expectedMicros: 1 })
      expect(firstTrip(300, () => ends('same', 1000) ?? answers(true))).toBeNull()
    }
  })

  it('leaves alone in all but one of a hundred runs what only has its share of hard items', () => {
    let tripped = 0
    for (let seed = 0; seed < 1000; seed++) {
      const random = seededRandom(seed)
      let left = 1000
      const watch = new TripwireWatch({
        wires: DEFAULT_TRIPWIRES,
        expectedMicros: seed % 2 === 0 ? 100 : null,
        left: () => left,
      })
      const found = firstTrip(1000, (at) => {
        left--
        const place = { lane: 0, index: at }
        const isFailed = random() < 0.05
        const cause = isFailed ? `cause ${Math.floor(random() * 4)}` : null
        // Items differ in size: most are cheap, a few cost ten times as much.
        const costMicros = 100 * Math.exp(1.2 * (random() + random() + random() - 1.5))
        return (
          watch.answered({ place, isInvalid: random() < 0.05 }) ??
          watch.finished({ place, status: isFailed ? 'failed' : 'succeeded', cause, costMicros })
        )
      })
      if (found !== null) tripped++
    }
    expect(tripped).toBeLessThan(10)
  })
})
