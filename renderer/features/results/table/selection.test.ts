import { describe, expect, it } from 'vitest'
import { extended, NONE_SELECTED, toggled } from './selection.ts'

const indexes = Uint32Array.from([40, 30, 20, 10, 0])

describe('the rows that are chosen', () => {
  it('come and go one by one', () => {
    const one = toggled(NONE_SELECTED, { position: 1, item: 30 })
    expect([...one.items]).toEqual([30])
    expect([...toggled(one, { position: 1, item: 30 }).items]).toEqual([])
  })

  it('come in a range from the last one chosen, in the order of the table, in both directions', () => {
    const one = toggled(NONE_SELECTED, { position: 3, item: 10 })
    expect([...extended(one, 1, indexes).items].sort()).toEqual([10, 20, 30])
    expect([...extended(one, 4, indexes).items].sort()).toEqual([0, 10])
  })

  it('begin a range where none was chosen before', () => {
    expect([...extended(NONE_SELECTED, 2, indexes).items]).toEqual([20])
  })
})
