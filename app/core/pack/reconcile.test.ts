import { describe, expect, it } from 'vitest'
import type { Json } from '../../../shared/json.ts'
import type { CheckOutput } from '../outputSchema.ts'
import { type Reconciled, reconcile } from './reconcile.ts'

const isText: CheckOutput = (value) => (typeof value === 'string' ? [] : ['the answer must be string'])
const row = (id: string, output: Json = 'x') => ({ id, output })

function told({ items, unknown, malformed }: Reconciled) {
  const of = (...kinds: string[]) => [...items].filter(([, { kind }]) => kinds.includes(kind)).map(([id]) => id)
  return {
    ok: of('ok').join(' '),
    redo: of('missing', 'duplicate', 'invalid').join(' '),
    error: of('item_error').join(' '),
    unknown: unknown.join(' '),
    malformed,
  }
}

describe('rows are told apart by id', () => {
  it.each<[string, string, Json, Partial<ReturnType<typeof told>>]>([
    ['exact', 'a b c', [row('a'), row('b'), row('c')], { ok: 'a b c' }],
    ['reordered', 'a b c', [row('c'), row('a'), row('b')], { ok: 'a b c' }],
    ['short', 'a b c', [row('a'), row('c')], { ok: 'a c', redo: 'b' }],
    ['long', 'a b', [row('a'), row('b'), row('z')], { ok: 'a b', unknown: 'z' }],
    ['doubled, the same', 'a b', [row('a'), row('a'), row('b')], { ok: 'a b' }],
    ['doubled, conflicting', 'a b', [row('a', 'x'), row('a', 'y'), row('b')], { ok: 'b', redo: 'a' }],
    ['right count, wrong ids', 'a b', [row('a'), row('z')], { ok: 'a', redo: 'b', unknown: 'z' }],
    ['one invalid', 'a b', [row('a'), row('b', 5)], { ok: 'a', redo: 'b' }],
    ['item error', 'a b', [row('a'), { id: 'b', error: 'It is empty.' }], { ok: 'a', error: 'b' }],
    ['row without id', 'a b', ['plain', row('b')], { ok: 'b', redo: 'a', malformed: 1 }],
    ['not an array', 'a b', { a: 1 }, { redo: 'a b' }],
    ['empty', 'a b', [], { redo: 'a b' }],
  ])('%s', (...[, sent, returned, expected]) => {
    const nothing = { ok: '', redo: '', error: '', unknown: '', malformed: 0 }
    expect(told(reconcile(sent.split(' '), returned, isText))).toEqual({ ...nothing, ...expected })
  })

  it('forgives surrounding space in an id, and nothing else', () => {
    const result = reconcile(['k3f', 'm9x', 'b2b'], [row(' k3f\n'), row('M9X'), row('Item b2b')], isText)
    expect(told(result)).toMatchObject({ ok: 'k3f', redo: 'm9x b2b', unknown: 'M9X Item b2b' })
  })
  it('takes two rows with the same answer as one, whatever the order of their keys', () => {
    const rows = [row('a', { n: 1, list: [1, { x: 2 }] }), { output: { list: [1, { x: 2 }], n: 1 }, id: 'a' }]
    expect(told(reconcile(['a'], rows, () => []))).toMatchObject({ ok: 'a' })
  })
  it('takes an answer that stands beside its id instead of under `output`', () => {
    const check: CheckOutput = (value) => (JSON.stringify(value) === '{"category":"bug"}' ? [] : ['wrong'])
    const { items } = reconcile(
      ['a', 'b'],
      [
        { id: 'a', category: 'bug' },
        { id: 'b', kind: 'bug' },
      ],
      check,
    )
    expect(items.get('a')).toMatchObject({ kind: 'ok', output: { category: 'bug' } })
    expect(items.get('b')).toMatchObject({ kind: 'invalid' })
  })
  it('takes an answer although an empty error stands beside it, and an error although an output does', () => {
    const rows = [
      { id: 'a', output: 'x', error: null },
      { id: 'b', output: 'x', error: '' },
      { id: 'c', output: null, error: 'no' },
    ]
    expect(told(reconcile(['a', 'b', 'c'], rows, isText))).toMatchObject({ ok: 'a b', error: 'c' })
  })
  it('takes what stands for an answer as none', () => {
    const rows = [row('a', '…'), row('b', '...'), row('c', '(same as above)'), row('d', 'The same as last year.')]
    expect(told(reconcile(['a', 'b', 'c', 'd'], rows, null))).toMatchObject({ redo: 'a b c', ok: 'd' })
  })
  it('wants texts where no schema is asked for', () => {
    expect(told(reconcile(['a', 'b'], [row('a', 'x'), row('b', { text: 'x' })], null))).toMatchObject({
      ok: 'a',
      redo: 'b',
    })
  })
})
