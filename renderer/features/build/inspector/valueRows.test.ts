import { expect, it } from 'vitest'
import { rowsOf, valueFrom } from './valueRows.ts'

it('shows a flat map as rows', () => {
  expect(rowsOf({ text: '{{ item.text }}', limit: 5, strict: true })).toEqual([
    { key: 'text', text: '{{ item.text }}' },
    { key: 'limit', text: '5' },
    { key: 'strict', text: 'true' },
  ])
})

it('leaves to YAML what a row would change: lists, maps, and text that reads as a number', () => {
  expect([rowsOf({ a: [1] }), rowsOf({ a: { b: 1 } }), rowsOf({ a: '5' }), rowsOf('{{ item }}')]).toEqual([
    null,
    null,
    null,
    null,
  ])
})

it('reads numbers and truth values as such, and everything else as text', () => {
  expect(['5', '-1.5', 'true', 'null', '007', 'v5', ' x '].map(valueFrom)).toEqual([
    5,
    -1.5,
    true,
    null,
    '007',
    'v5',
    ' x ',
  ])
})
