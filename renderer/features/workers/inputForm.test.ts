import { expect, it } from 'vitest'
import { inputFields, inputOfItem, withProperty } from './inputForm.ts'

const SCHEMA = {
  type: 'object',
  required: ['text'],
  properties: {
    text: { type: 'string', description: 'The letter.' },
    tone: { type: 'string', enum: ['kind', 'cool'] },
    words: { type: 'integer' },
    parts: { type: 'array', items: { type: 'string' } },
    rows: { type: 'array', items: { type: 'object' } },
  },
}

it('asks for each property in its own way', () => {
  expect(inputFields(SCHEMA)?.map(({ name, kind, required }) => ({ name, kind, required }))).toEqual([
    { name: 'text', kind: 'text', required: true },
    { name: 'tone', kind: 'choice', required: false },
    { name: 'words', kind: 'integer', required: false },
    { name: 'parts', kind: 'texts', required: false },
    { name: 'rows', kind: 'json', required: false },
  ])
})

it('leaves the input as JSON where no properties are named', () => {
  expect([inputFields(undefined), inputFields({ type: 'object' }), inputFields({ type: 'string' })]).toEqual([
    null,
    null,
    null,
  ])
})

it('takes out what is emptied', () => {
  expect(withProperty({ text: 'a', words: 3 }, { name: 'words', value: undefined })).toEqual({ text: 'a' })
  expect(withProperty(null, { name: 'text', value: 'a' })).toEqual({ text: 'a' })
})

it('takes from an item what the worker asks for, and its text under whatever name', () => {
  const item = { path: 'a.txt', text: 'Hello', words: 2 }
  expect(inputOfItem(inputFields(SCHEMA), item)).toEqual({ text: 'Hello', words: 2 })
  const letter = { required: ['letter'], properties: { letter: { type: 'string' } } }
  expect(inputOfItem(inputFields(letter), item)).toEqual({ letter: 'Hello' })
  expect(inputOfItem(null, item)).toBe(item)
})
