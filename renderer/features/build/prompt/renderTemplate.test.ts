import { expect, it } from 'vitest'
import { renderTemplate } from './renderTemplate.ts'

const known = { item: { text: 'A printer burns', tags: ['a', 'b'] }, params: { language: 'English' } }

it('fills in what the item and the params say, and marks what a stage has yet to answer', async () => {
  expect(await renderTemplate('In {{ params.language }}: {{ item.text }} ({{ extract.product }})', known)).toEqual([
    { kind: 'text', text: 'In ' },
    { kind: 'value', text: 'English', source: 'params.language' },
    { kind: 'text', text: ': ' },
    { kind: 'value', text: 'A printer burns', source: 'item.text' },
    { kind: 'text', text: ' (' },
    { kind: 'placeholder', source: 'extract.product' },
    { kind: 'text', text: ')' },
  ])
})

it('writes objects as JSON and a missing value as nothing', async () => {
  expect(await renderTemplate('{{ item.tags }}{{ item.nothing }}', known)).toEqual([
    { kind: 'value', text: '["a","b"]', source: 'item.tags' },
    { kind: 'value', text: '', source: 'item.nothing' },
  ])
})

it('says why an expression fails, and stops one that does not end', async () => {
  const parts = await renderTemplate('{{ $number(item.text) }}{{ ($f := function($n){ $f($n + 1) }; $f(0)) }}', known)
  expect(parts.map((part) => part.kind)).toEqual(['error', 'error'])
})
