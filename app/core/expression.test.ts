import { describe, expect, it } from 'vitest'
import type { Json } from '../../shared/json.ts'
import { compileCondition, compileListValue, compileValue, type Scope } from './expression.ts'

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
  it('that cannot be worked out is a failure which shows the expression, the place in it and the data it used', async () => {
    expect(await evaluate('{{ item.text + 1 }}')).toEqual({
      ok: false,
      failure: {
        kind: 'expression',
        expression: 'item.text + 1',
        place: 'stages.s.value',
        message:
          '`item.text + 1` cannot be worked out at `+ 1` (character 11): ' +
          'The left side of the "+" operator must evaluate to a number. It saw item.text = "Hello".',
      },
    })
  })
  it('inside text may say what stands there instead of nothing', async () => {
    expect(await evaluate("Dear {{ item.name ?? 'customer' }}")).toEqual({ ok: true, value: 'Dear customer' })
  })
  it('counts tokens and cuts text without anything made ready before', async () => {
    expect(
      await evaluate({
        n: '{{ $tokens(item.text) }}',
        parts: "{{ $chunk(item.text, {'size': 3, 'by': 'characters'}).text }}",
      }),
    ).toEqual({
      ok: true,
      value: { n: 1, parts: ['Hel', 'lo'] },
    })
  })
  it('says which option of $chunk cannot be', async () => {
    const wrong = ["{'size': 3, 'overlap': 3}", "{'by': 'sentences', 'size': 3}", "{'size': 3, 'step': 1}", '{}']
    const results = await Promise.all(wrong.map((options) => evaluate(`{{ $chunk(item.text, ${options}) }}`)))
    expect(results.map((result) => (result.ok ? '' : result.failure.message))).toEqual([
      expect.stringContaining('overlap of chunks (3) must be less than their size (3)'),
      expect.stringContaining('`by` must be one of tokens, characters, paragraphs, headings, pages'),
      expect.stringContaining('`step` is no option of $chunk'),
      expect.stringContaining('`size` and `overlap` must be numbers'),
    ])
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

describe('a list', () => {
  const list = (value: Json) => compileListValue(value, 'stages.m.over').evaluate(SCOPE)

  it.each<[string, Json, Json]>([
    ['at a path is that list', '{{ item.tags }}', ['a', 'b']],
    ['written out has its expressions worked out', ['{{ item.text }}', 1], ['Hello', 1]],
    ['that is selected may have one', '{{ item.lines[price > 3] }}', [{ price: 5 }]],
    ['that is selected may have none', '{{ item.lines[price > 9] }}', []],
    ['may come of a path through a list', '{{ item.lines.price }}', [2, 5]],
    ['may be of nothing where the path goes through a list', '{{ item.lines.cost }}', []],
    ['may be computed', '{{ $split(item.text, "l") }}', ['He', '', 'o']],
  ])('%s', async (_, value, expected) => {
    expect(await list(value)).toEqual({ ok: true, value: expected })
  })
  it.each<[string, Json, string]>([
    ['text', '{{ item.text }}', 'stages.m.over needs a list, and `item.text` is the text "Hello".'],
    ['an object', '{{ classify }}', 'stages.m.over needs a list, and `classify` is an object with category, score.'],
    ['null', '{{ item.none }}', 'stages.m.over needs a list, and `item.none` is null.'],
    ['nothing', '{{ item.nope }}', 'stages.m.over needs a list, and `item.nope` is not there.'],
    ['a number', 3, 'stages.m.over needs a list, and this is the number 3.'],
    ['several expressions in text', '{{ item.tags }}, {{ item.tags }}', 'and this is the text "'],
  ])('is not made of %s', async (_, value, message) => {
    expect(await list(value)).toMatchObject({
      ok: false,
      failure: { kind: 'expression', place: 'stages.m.over', message: expect.stringContaining(message) },
    })
  })
})
