import { describe, expect, it } from 'vitest'
import type { Json } from '../../shared/json.ts'
import { compileCondition, compileValue, type Scope } from './expression.ts'

const SCOPE: Scope = {
  item: { text: 'Hello', tags: ['a', 'b'], lines: [{ price: 2 }, { price: 5 }], none: null },
  params: { language: 'English' },
  classify: { category: 'bug', score: 3 },
}
const evaluate = (value: Json, scope: Scope = SCOPE) => compileValue(value, 'stages.s.value').evaluate(scope)

describe('a value with expressions', () => {
  it('that is exactly one expression yields the value itself', async () => {
    expect(await evaluate('{{ item.tags }}')).toEqual({ ok: true, value: ['a', 'b'] })
    expect(await evaluate(' {{ classify }} ')).toEqual({ ok: true, value: SCOPE.classify })
  })
  it('inside text becomes text, objects as JSON, null as nothing', async () => {
    expect(await evaluate('{{ params.language }}: {{ classify.score }}{{ item.none }} {{ item.tags }}')).toEqual({
      ok: true,
      value: 'English: 3 [\n  "a",\n  "b"\n]',
    })
  })
  it('may be nested to any depth', async () => {
    expect(await evaluate({ a: [{ b: '{{ item.text }}' }, 1, null], c: 'plain' })).toEqual({
      ok: true,
      value: { a: [{ b: 'Hello' }, 1, null], c: 'plain' },
    })
  })
  it('maps over lists and computes as JSONata does', async () => {
    expect(await evaluate('{{ $sum(item.lines.price) }}')).toEqual({ ok: true, value: 7 })
    expect(await evaluate('{{ item.lines.price }}')).toEqual({ ok: true, value: [2, 5] })
    expect(await evaluate('{{ item.lines[price > 3].price }}')).toEqual({ ok: true, value: 5 })
  })
  it('that finds nothing is null as a value', async () => {
    expect(await evaluate({ a: '{{ item.nope }}' })).toEqual({ ok: true, value: { a: null } })
  })
  it('that finds nothing inside text is a failure which says what is there', async () => {
    expect(await evaluate('Dear {{ item.nmae }}')).toMatchObject({
      ok: false,
      failure: {
        kind: 'expression',
        expression: 'item.nmae',
        place: 'stages.s.value',
        message: expect.stringContaining('`item` has: text, tags, lines, none'),
      },
    })
  })
  it('that cannot be worked out is a failure which shows the expression and what it saw', async () => {
    expect(await evaluate('{{ item.text + 1 }}')).toMatchObject({
      ok: false,
      failure: {
        kind: 'expression',
        message: expect.stringMatching(/`item.text \+ 1` cannot be worked out.*classify = /),
      },
    })
  })
  it('that never ends is stopped', async () => {
    expect(await evaluate('{{ ($f := function($n) { $f($n + 1) }; $f(0)) }}')).toMatchObject({
      ok: false,
      failure: { message: expect.stringContaining('stopped') },
    })
  })
  it('cannot reach a value’s prototype', async () => {
    expect(await evaluate('{{ item.constructor.name }}')).toEqual({ ok: true, value: null })
  })
  it('leaves the scope as it was', async () => {
    const before = JSON.stringify(SCOPE)
    await evaluate('{{ item ~> |$|{"text": "changed"}| }}')
    expect(JSON.stringify(SCOPE)).toBe(before)
  })
})

describe('a condition', () => {
  it.each([
    ["{{ classify.category = 'bug' }}", true],
    ["classify.category != 'bug'", false],
    ['item.nope', false],
    ['item.none', false],
    ['item.tags', true],
    ['{{ item.lines[price > 9] }}', false],
  ])('%s is %s', async (text, expected) => {
    expect(await compileCondition(text, 'stages.s.when').evaluate(SCOPE)).toEqual({ ok: true, value: expected })
  })
})
