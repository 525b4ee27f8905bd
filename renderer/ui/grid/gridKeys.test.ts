import { describe, expect, it } from 'vitest'
import { CELL_CODE } from '../../../shared/cell.ts'
import { gridKey, nextFailed } from './gridKeys.ts'
import { createPyramid, updatePyramid } from './statePyramid.ts'

const plain = { shiftKey: false, ctrlKey: false, metaKey: false, altKey: false }

describe('the keys of the grid', () => {
  it('leaves keys with Ctrl to the window', () => {
    expect(gridKey({ ...plain, key: 'f', ctrlKey: true })).toBeNull()
    expect(gridKey({ ...plain, key: 'f' })).toEqual({ kind: 'nextFailed', backwards: false })
  })

  it('goes round through the failed cells in both directions', () => {
    const pyramid = createPyramid(10, 3)
    const states = new Uint8Array(30)
    states[4] = states[20] = CELL_CODE.failed
    updatePyramid(pyramid, states, null)
    const first = { item: 1, stage: 1 }
    const second = { item: 6, stage: 2 }
    expect(nextFailed(pyramid, -1, false)).toEqual(first)
    expect(nextFailed(pyramid, 4, false)).toEqual(second)
    expect(nextFailed(pyramid, 20, false)).toEqual(first)
    expect(nextFailed(pyramid, 20, true)).toEqual(first)
    expect(nextFailed(pyramid, 4, true)).toEqual(second)
    expect(nextFailed(pyramid, 0, true)).toEqual(second)
  })

  it('finds nothing where nothing failed', () => {
    expect(nextFailed(createPyramid(10, 3), 0, false)).toBeNull()
  })
})
