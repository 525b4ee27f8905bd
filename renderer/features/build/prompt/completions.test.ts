import { expect, it } from 'vitest'
import { parseChain } from '../../../../shared/chainDocument.ts'
import { completionsAt, writtenName } from './completions.ts'
import { expressionScope } from './expressionScope.ts'

const TEXT = `jacquard: 1
params: { language: English }
stages:
  extract: { kind: model, prompt: "{{ item.text }}", output: { type: object, properties: { product: { type: string }, who: { type: object, properties: { name: {} } } } } }
  classify: { kind: transform, value: { kind: "{{ extract.product }}" } }
  draft: { kind: model, prompt: "{{ classify.kind }}" }
`

function scopeOf(stage: string | null) {
  const { chain, graph } = parseChain(TEXT)
  if (chain === null || graph === null) throw new Error('The chain of this test cannot be read.')
  return expressionScope(stage, {
    chain,
    graph,
    sample: { text: 'A  printer\nburns', 'Company name': 'ACME' },
    fields: ['text', 'bytes'],
  })
}

/** The names offered at the `|`, and what they would replace. */
function at(marked: string, { stage = 'classify' as string | null, bare = false } = {}) {
  const offset = marked.indexOf('|')
  const text = marked.replace('|', '')
  const found = completionsAt(text, offset, { scope: scopeOf(stage), bare })
  return found === null
    ? null
    : { names: found.names.map(({ name }) => name), replaces: text.slice(found.from, offset) }
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
  const found = completionsAt('{{ item.', 8, { scope: scopeOf('extract'), bare: false })
  expect(found?.names.map(({ name, type, sample }) => [name, type, sample])).toEqual([
    ['text', 'string', 'A printer burns'],
    ['Company name', 'string', 'ACME'],
    ['bytes', null, null],
  ])
})

it('offers the properties of a stage’s output schema, at any depth', () => {
  expect(at('{{ extract.who.na|me }}')).toEqual({ names: ['name'], replaces: 'na' })
  expect(at('{{ $uppercase(extract.p|) }}')).toEqual({ names: ['product', 'who'], replaces: 'p' })
})

it('offers functions behind a dollar sign', () => {
  const found = at('{{ $jo|')
  expect([found?.replaces, found?.names.includes('$join')]).toEqual(['$jo', true])
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
