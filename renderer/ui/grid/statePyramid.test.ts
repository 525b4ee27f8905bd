import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CELL_CODE } from '../../../shared/cell.ts'
import {
  bucketCounts,
  createPyramid,
  STATE_COUNT,
  type StatePyramid,
  totalCounts,
  updatePyramid,
} from './statePyramid.ts'

interface World {
  readonly items: number
  readonly stages: number
  readonly pushes: readonly (readonly { item: number; stage: number; state: number }[])[]
}

const world: fc.Arbitrary<World> = fc
  .record({ items: fc.integer({ min: 1, max: 300 }), stages: fc.integer({ min: 1, max: 5 }) })
  .chain(({ items, stages }) =>
    fc.record({
      items: fc.constant(items),
      stages: fc.constant(stages),
      pushes: fc.array(
        fc.array(
          fc.record({
            item: fc.nat({ max: items - 1 }),
            stage: fc.nat({ max: stages - 1 }),
            state: fc.nat({ max: STATE_COUNT - 1 }),
          }),
        ),
        { maxLength: 6 },
      ),
    }),
  )

describe('a pyramid of cell states', () => {
  it('counts in every bucket of every level what a recount of the states gives', () => {
    fc.assert(
      fc.property(world, fc.boolean(), ({ items, stages, pushes }, tellsWhichItems) => {
        const pyramid = createPyramid(items, stages)
        const states = new Uint8Array(items * stages)
        for (const push of pushes) {
          for (const { item, stage, state } of push) states[item * stages + stage] = state
          const changed = Uint32Array.from(push.map(({ item }) => item).sort((a, b) => a - b))
          updatePyramid(pyramid, states, tellsWhichItems ? changed : null)
        }
        expect(pyramid.states).toEqual(states)
        for (const { bucket, units } of pyramid.levels)
          for (let unit = 0; unit < units; unit++)
            for (let stage = 0; stage < stages; stage++)
              expect(bucketCounts(pyramid, { bucket, unit, stage })).toEqual(recount(pyramid, { bucket, unit, stage }))
      }),
    )
  })

  it('counts every cell once in its totals', () => {
    fc.assert(
      fc.property(world, ({ items, stages, pushes }) => {
        const pyramid = createPyramid(items, stages)
        const states = new Uint8Array(items * stages)
        for (const { item, stage, state } of pushes.flat()) states[item * stages + stage] = state
        updatePyramid(pyramid, states, null)
        expect(totalCounts(pyramid).reduce((sum, count) => sum + count, 0)).toBe(items * stages)
      }),
    )
  })

  it('keeps one failure among 100,000 items visible in the bucket that holds them all', () => {
    const pyramid = createPyramid(100_000, 2)
    const states = new Uint8Array(200_000).fill(CELL_CODE.succeeded)
    states[77_777 * 2 + 1] = CELL_CODE.failed
    updatePyramid(pyramid, states, null)
    const bucket = pyramid.levels.at(-1)?.bucket ?? 0
    expect(bucketCounts(pyramid, { bucket, unit: 0, stage: 1 })[CELL_CODE.failed]).toBe(1)
    expect(bucketCounts(pyramid, { bucket, unit: 0, stage: 0 })[CELL_CODE.failed]).toBe(0)
  })

  it('tells which cells changed, and none where nothing did', () => {
    const pyramid = createPyramid(1000, 3)
    const states = new Uint8Array(3000)
    states[0] = CELL_CODE.running
    states[2999] = CELL_CODE.failed
    expect(updatePyramid(pyramid, states, null)).toEqual([0, 2999])
    expect(updatePyramid(pyramid, states, null)).toEqual([])
  })

  it('leaves items whose states have not been read yet waiting', () => {
    const pyramid = createPyramid(10, 1)
    updatePyramid(pyramid, new Uint8Array(3).fill(CELL_CODE.succeeded), null)
    expect(totalCounts(pyramid)[CELL_CODE.waiting]).toBe(7)
  })
})

function recount(
  pyramid: StatePyramid,
  { bucket, unit, stage }: { bucket: number; unit: number; stage: number },
): number[] {
  const counts: number[] = new Array(STATE_COUNT).fill(0)
  for (let item = unit * bucket; item < Math.min(pyramid.items, (unit + 1) * bucket); item++) {
    const state = pyramid.states[item * pyramid.stages + stage] ?? 0
    counts[state] = (counts[state] ?? 0) + 1
  }
  return counts
}
