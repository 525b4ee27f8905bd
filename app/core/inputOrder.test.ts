import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { InputOrder } from './inputOrder.ts'

describe('the input order', () => {
  it('gives everything on once and in order, in whatever order it is done', () => {
    const shuffled = fc
      .integer({ min: 0, max: 60 })
      .chain((count) => fc.shuffledSubarray([...Array(count).keys()], { minLength: count, maxLength: count }))
    fc.assert(
      fc.property(shuffled, fc.func(fc.boolean()), fc.func(fc.boolean()), (indexes, bringsNothing, isBefore) => {
        const before = new Set(indexes.filter((index) => isBefore(index)))
        const order = new InputOrder<number>((index) => before.has(index))
        const own = indexes.filter((index) => !before.has(index))
        const given = own.flatMap((index) => order.settle(index, bringsNothing(index) ? null : index))
        expect(given).toEqual(own.filter((index) => !bringsNothing(index)).sort((a, b) => a - b))
        expect(order.waiting).toBe(0)
      }),
    )
  })

  it('holds what is done early', () => {
    const order = new InputOrder<string>()
    expect([order.settle(2, 'c'), order.settle(1, null), order.waiting, order.settle(0, 'a'), order.waiting]).toEqual([
      [],
      [],
      2,
      ['a', 'c'],
      0,
    ])
  })
})
