import { describe, expect, it } from 'vitest'
import { expressionReferences } from './references.ts'
import { parseTemplate } from './template.ts'

const sources = (text: string) =>
  parseTemplate(text).template.parts.flatMap((part) => (part.kind === 'expression' ? [part.source] : []))

describe('a template', () => {
  it('is cut into text and expressions', () => {
    expect(parseTemplate('Dear {{ item.name }}, you owe {{ item.sum }}.').template).toEqual({
      exact: false,
      parts: [
        { kind: 'text', text: 'Dear ' },
        { kind: 'expression', source: 'item.name', start: 5, end: 20 },
        { kind: 'text', text: ', you owe ' },
        { kind: 'expression', source: 'item.sum', start: 30, end: 44 },
        { kind: 'text', text: '.' },
      ],
    })
  })
  it('that is one expression, white space aside, is exact', () => {
    expect(
      ['{{ a }}', ' {{ a }}\n', '{{ a }}{{ b }}', 'x {{ a }}'].map((text) => parseTemplate(text).template.exact),
    ).toEqual([true, true, false, false])
  })
  it('may hold braces inside an expression', () => {
    expect(sources('{{ {"a": {"b": 1}} }} and {{ "}}" }}')).toEqual(['{"a": {"b": 1}}', '"}}"'])
  })
  it('reports each broken expression at its place and keeps reading', () => {
    const { problems } = parseTemplate('{{ item. }} then {{ item.a }} then {{ open')
    expect(problems.map(({ offset }) => offset)).toEqual([expect.any(Number), 35])
    expect(sources('{{ item. }} then {{ item.a }}')).toEqual(['item.a'])
  })
})

describe('the names an expression reads', () => {
  it.each([
    ['item.text', ['item.text']],
    ['$sum(items.price) + params.rate', ['items.price', 'params.rate']],
    ['extract.lines[price > limit].name', ['extract.lines']],
    ['$map(rows, function($row) { $row.a & params.b })', ['rows', 'params.b']],
    ['a ? b.c : {"x": d}', ['a', 'b.c', 'd']],
    ['$$.item.text', ['item.text']],
    ['"text" & `odd name`.x', ['odd name.x']],
    ['item.{"k": inner}', ['item']],
  ])('%s', (source, expected) => {
    expect(expressionReferences(source).map(({ name, field }) => (field === null ? name : `${name}.${field}`))).toEqual(
      expected,
    )
  })
  it('stand at their offsets', () => {
    expect(expressionReferences('a.b + item.text').map(({ offset }) => offset)).toEqual([0, 6])
  })
})
