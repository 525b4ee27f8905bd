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

it('writes objects as the prompt will hold them, and a value that is missing by itself as nothing', async () => {
  expect(await renderTemplate('{{ item.tags }}', known)).toEqual([
    { kind: 'value', text: '[\n  "a",\n  "b"\n]', source: 'item.tags' },
  ])
  expect(await renderTemplate('{{ item.nothing }}', known)).toEqual([
    { kind: 'value', text: '', source: 'item.nothing' },
  ])
})

it('shows what the run would stop at: a value that is missing inside text', async () => {
  const [, missing, , allowed] = await renderTemplate("Dear {{ item.nmae }} {{ item.nmae ?? 'you' }}", known)
  expect(missing).toMatchObject({ kind: 'error', message: expect.stringContaining("item.nmae ?? ''") })
  expect(allowed).toMatchObject({ kind: 'value', text: 'you' })
})

it('knows the functions of a run, and leaves to it what needs the tokenizer', async () => {
  const parts = await renderTemplate('{{ $truncate(item.text, 6) }}{{ $tokens(item.text) }}', known)
  expect(parts).toEqual([
    { kind: 'value', text: 'A pri…', source: '$truncate(item.text, 6)' },
    { kind: 'placeholder', source: '$tokens(item.text)' },
  ])
})

it('says why an expression fails, and stops one that does not end', async () => {
  const parts = await renderTemplate('{{ $number(item.text) }}{{ ($f := function($n){ $f($n + 1) }; $f(0)) }}', known)
  expect(parts.map((part) => part.kind)).toEqual(['error', 'error'])
})
