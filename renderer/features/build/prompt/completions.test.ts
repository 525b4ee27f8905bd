import { expect, it } from 'vitest'
import { parseChain } from '../../../../shared/chainDocument.ts'
import type { Json } from '../../../../shared/json.ts'
import { completionsAt, writtenName } from './completions.ts'
import { expressionScope } from './expressionScope.ts'

const TEXT = `jacquard: 1
params: { language: English }
stages:
  extract: { kind: model, prompt: "{{ item.text }}", output: { type: object, properties: { product: { type: string }, who: { type: object, properties: { name: {} } } } } }
  classify: { kind: transform, value: { kind: "{{ extract.product }}" } }
  draft: { kind: model, prompt: "{{ classify.kind }}" }
`

interface Place {
  readonly chain?: string
  readonly stage?: string | null
  readonly isInside?: boolean
  readonly outputs?: { readonly [stage: string]: Json }
}

function scopeOf({ chain: text = TEXT, stage = 'classify', isInside = false, outputs = {} }: Place) {
  const { chain, graph } = parseChain(text)
  if (chain === null || graph === null) throw new Error('The chain of this test cannot be read.')
  const sample = { text: 'A  printer\nburns', 'Company name': 'ACME', rows: [{ part: 'fuser', price: 3 }] }
  return expressionScope(
    { stage, isInside },
    { chain, graph, sample, fields: ['text', 'bytes'], outputs: new Map(Object.entries(outputs)) },
  )
}

/** The names offered at the `|`, and what they would replace. */
function at(marked: string, { bare = false, ...place }: Place & { readonly bare?: boolean } = {}) {
  const offset = marked.indexOf('|')
  const text = marked.replace('|', '')
  const found = completionsAt(text, offset, { scope: scopeOf(place), bare })
  if (found === null) return null
  const all = found.kind === 'names' ? found.names : found.functions
  return { names: all.map(({ name }) => name), replaces: text.slice(found.from, offset) }
}

it('offers every name in scope inside braces, and none outside', () => {
  expect(at('Hello {{ |')).toEqual({ names: ['item', 'extract', 'params', 'run'], replaces: '' })
  expect([at('Hello |'), at('{{ item }} and |')]).toEqual([null, null])
})

it('leaves out the stage itself and those that wait for it', () => {
  expect(at('{{ |', { stage: 'extract' })?.names).toEqual(['item', 'params', 'run'])
  expect(at('{{ |', { stage: null })?.names).toEqual(['item', 'extract', 'classify', 'draft', 'params', 'run'])
})

it('offers the fields of the item with their types and real values', () => {
  const found = completionsAt('{{ item.', 8, { scope: scopeOf({ stage: 'extract' }), bare: false })
  const names = found?.kind === 'names' ? found.names : []
  expect(names.map(({ name, type, value }) => [name, type, value])).toEqual([
    ['text', 'string', 'A  printer\nburns'],
    ['Company name', 'string', 'ACME'],
    ['rows', 'list', [{ part: 'fuser', price: 3 }]],
    ['bytes', null, undefined],
  ])
})

it('offers the fields of a list’s elements, with or without a choice in brackets', () => {
  expect(at('{{ item.rows.pr|')).toEqual({ names: ['part', 'price'], replaces: 'pr' })
  expect(at('{{ item.rows[price > 2].|')?.names).toEqual(['part', 'price'])
})

it('offers the properties of a stage’s output schema, at any depth', () => {
  expect(at('{{ extract.who.na|me }}')).toEqual({ names: ['name'], replaces: 'na' })
  expect(at('{{ $uppercase(extract.p|) }}')).toEqual({ names: ['product', 'who'], replaces: 'p' })
})

it('offers functions behind a dollar sign', () => {
  const found = at('{{ $jo|')
  expect([found?.replaces, found?.names.includes('join'), found?.names.includes('tokens')]).toEqual(['$jo', true, true])
})

it('offers nothing inside quotes', () => {
  expect(at('{{ extract.product = "it|')).toBeNull()
})

it('offers names in a bare condition', () => {
  expect(at('extract.product != "x" and ext|', { bare: true })?.replaces).toBe('ext')
})

it('writes a name that is no word in backticks', () => {
  expect(['text', 'Company name', '2024'].map(writtenName)).toEqual(['text', '`Company name`', '`2024`'])
})

const SECTIONS = `jacquard: 1
params: { style: { type: string, default: plain, description: How to write } }
stages:
  split: { kind: chunk, text: "{{ item.text }}", by: headings, size: 1 }
  parts:
    kind: map
    over: "{{ split }}"
    as: section
    stages:
      title: { kind: model, prompt: "{{ section.text }}", output: { properties: { title: { type: string } } } }
      rows:
        kind: map
        over: "{{ item.rows }}"
        as: row
        stages:
          check: { kind: transform, value: "{{ row.part }}" }
    output: { title: "{{ title.title }}" }
  ten: { kind: gather, size: 10, value: { parts: "{{ parts }}", n: 1 } }
  sum: { kind: model, prompt: "{{ items.parts }}" }
  late: { kind: transform, value: "fixed" }
`

it('offers an element with its fields inside a map, and every outer name', () => {
  const inside = { chain: SECTIONS, stage: 'title' }
  expect(at('{{ |', inside)?.names).toEqual(['item', 'split', 'late', 'section', 'map', 'rows', 'params', 'run'])
  expect(at('{{ section.|', inside)?.names).toEqual(['text', 'index', 'start', 'end'])
  expect(at('{{ map.|', inside)?.names).toEqual(['index', 'total', 'previous'])
  expect(at('{{ row.|', { chain: SECTIONS, stage: 'check' })?.names).toEqual(['part', 'price'])
  expect(at('{{ section.|', { chain: SECTIONS, stage: 'check' })?.names).toContain('start')
})

it('offers a map’s own stages in its output', () => {
  expect(at('{{ title.|', { chain: SECTIONS, stage: 'parts', isInside: true })?.names).toEqual(['title'])
  expect(at('{{ title.|', { chain: SECTIONS, stage: 'parts' })).toBeNull()
})

it('offers groups behind a gather, with the fields of their members', () => {
  const behind = { chain: SECTIONS, stage: 'sum' }
  expect(at('{{ |', behind)?.names).toEqual(['items', 'group', 'ten', 'params', 'run'])
  expect(at('{{ items.|', behind)?.names).toEqual(['parts', 'n'])
  expect(at('{{ group.|', behind)?.names).toEqual(['key', 'index', 'reason', 'size', 'parts'])
  expect(at('{{ item.|', behind)).toBeNull()
})

it('offers groups to a stage that uses nothing yet, too', () => {
  expect(at('{{ |', { chain: SECTIONS, stage: 'late' })?.names).toEqual(
    expect.arrayContaining(['item', 'split', 'items', 'group', 'ten']),
  )
})

it('knows the fields of an answer from the last test', () => {
  const outputs = { split: [{ text: 'Chapter 1', index: 0, start: 0, end: 9 }], parts: [{ title: 'One', extra: true }] }
  const scope = scopeOf({ chain: SECTIONS, stage: 'title', outputs })
  const section = scope.find(({ name }) => name === 'section')
  expect(section?.fields.find(({ name }) => name === 'text')).toMatchObject({
    value: 'Chapter 1',
    type: 'string',
    about: 'the part',
  })
  expect(at('{{ parts.|', { chain: SECTIONS, stage: 'ten', outputs })?.names).toEqual(['title', 'extra'])
})

it('tells of params what the chain says of them', () => {
  const params = scopeOf({ chain: SECTIONS, stage: 'split' }).find(({ name }) => name === 'params')
  expect(params?.fields).toEqual([{ name: 'style', type: 'string', value: 'plain', about: 'How to write', fields: [] }])
})
