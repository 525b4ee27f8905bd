import { expect, it } from 'vitest'
import { fieldDiff, fieldName } from './fieldDiff.ts'

it('names what came in, what is gone and what is another, deep inside', () => {
  const base = { vendor: 'ACME', lines: [{ total: 1 }, { total: 2 }], note: 'x' }
  const value = { vendor: 'ACME GmbH', lines: [{ total: 1 }, { total: 3 }, 'more'], paid: true }
  expect(fieldDiff(base, value)).toEqual([
    { kind: 'changed', path: ['vendor'], before: 'ACME', value: 'ACME GmbH' },
    { kind: 'changed', path: ['lines', 1, 'total'], before: 2, value: 3 },
    { kind: 'added', path: ['lines', 2], value: 'more' },
    { kind: 'removed', path: ['note'], before: 'x' },
    { kind: 'added', path: ['paid'], value: true },
  ])
})

it('has nothing to say of equal values, and takes other shapes as a whole', () => {
  expect(fieldDiff({ a: [1], b: ' x' }, { b: 'x', a: [1] })).toEqual([])
  expect(fieldDiff([1], { 0: 1 })).toEqual([{ kind: 'changed', path: [], before: [1], value: { 0: 1 } }])
  expect(fieldDiff('a', null)).toEqual([{ kind: 'changed', path: [], before: 'a', value: null }])
})

it('writes a place as an expression would', () => {
  expect([[], ['lines', 2, 'total'], ['a', 'b']].map(fieldName)).toEqual(['the whole answer', 'lines[2].total', 'a.b'])
})
