import { expect, it } from 'vitest'
import { editChain } from '../../../../shared/chainEdit.ts'
import { valueEdits } from './valueEdits.ts'

it('leaves the comments of what did not change', () => {
  const text = 'params:\n  a: 1 # one\n  b: 2\n'
  expect(editChain(text, valueEdits(['params'], { a: 1, b: 2 }, { a: 1, b: 3, c: 4 }))).toBe(
    'params:\n  a: 1 # one\n  b: 3\n  c: 4\n',
  )
})

it('writes a map anew where its keys change their order', () => {
  expect(valueEdits(['params'], { a: 1, b: 2 }, { b: 2, a: 1 })).toEqual([
    { kind: 'set', path: ['params'], value: { b: 2, a: 1 } },
  ])
})

it('makes no edit where nothing changed', () => {
  expect(valueEdits(['params'], { a: [1] }, { a: [1] })).toEqual([])
})
