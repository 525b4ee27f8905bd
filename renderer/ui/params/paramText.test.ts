import { describe, expect, it } from 'vitest'
import { paramOf } from '../../../shared/param.ts'
import { paramKind, readData } from './paramText.ts'

describe('a param of a launch', () => {
  it('is edited by the type of its default', () => {
    expect(['a', 1, true, ['a'], { a: 1 }, null].map((written) => paramKind(paramOf(written)))).toEqual([
      'text',
      'number',
      'switch',
      'data',
      'data',
      'data',
    ])
  })

  it('is read as JSON where it is a list or an object', () => {
    expect(readData('["billing", "bug"]')).toEqual({ value: ['billing', 'bug'] })
    expect(readData('{"a": ')).toBeNull()
  })
})
