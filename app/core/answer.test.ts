import { beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../shared/json.ts'
import { readAnswer } from './answer.ts'
import { compileSchema, loadSchemaCompiler } from './outputSchema.ts'

const SCHEMA: JsonObject = {
  type: 'object',
  required: ['n'],
  properties: { n: { type: 'integer' }, t: { type: 'string' } },
}

beforeAll(loadSchemaCompiler)

function check(schema: JsonObject = SCHEMA) {
  const compiled = compileSchema(schema)
  if (!compiled.ok) throw new Error(compiled.message)
  return compiled.check
}
const read = (text: string) => readAnswer(text, check())

describe('an answer with a schema', () => {
  it.each([
    ['as it stands', '{"n": 1}'],
    ['in a fence', 'Here you are:\n```json\n{"n": 1}\n```\nAnything else?'],
    ['in prose', 'The answer {as asked} is {"n": 1}, I think.'],
    ['with a trailing comma and single quotes', "{'n': 1,}"],
    ['cut off behind its last value', '{"n": 1'],
    ['behind thoughts', '<think>Is it {"n": 2}?</think>\n{"n": 1}'],
    ['after a smaller object that does not fit', 'An example is {"m": 0}. So: {"n": 1, "t": "a } b"}'],
  ])('is found %s', (_where, text) => {
    expect(read(text)).toMatchObject({ ok: true, output: { n: 1 } })
  })
  it('that does not fit is a failure which names the places and keeps the whole answer', () => {
    expect(read('{"n": "one", "t": 2}')).toEqual({
      ok: false,
      failure: {
        kind: 'invalid_output',
        message: 'The answer does not fit the output schema: n must be integer; t must be string.',
        problems: ['n must be integer', 't must be string'],
        raw: '{"n": "one", "t": 2}',
      },
    })
  })
  it('without any JSON says so', () => {
    expect(read('I cannot do that.')).toMatchObject({
      ok: false,
      failure: { problems: ['there is no JSON in the answer'] },
    })
  })
  it('may be a list or a bare value where the schema says so', () => {
    expect(readAnswer('[1, 2]', check({ type: 'array', items: { type: 'integer' } }))).toEqual({
      ok: true,
      output: [1, 2],
    })
  })
})

describe('an answer without a schema', () => {
  it('is its text, without thoughts and outer white space', () => {
    expect(readAnswer('<think>Hm.</think>\n Dear Ms Li,\n', null)).toEqual({ ok: true, output: 'Dear Ms Li,' })
  })
})

describe('a schema', () => {
  it('with a keyword that does not exist is refused', () => {
    expect(compileSchema({ type: 'object', propertys: {} })).toMatchObject({
      ok: false,
      message: expect.stringContaining('propertys'),
    })
  })
  it('lists the values of an enum in its message', () => {
    expect(readAnswer('"c"', check({ enum: ['a', 'b'] }))).toMatchObject({
      failure: { problems: ['the answer must be one of "a", "b"'] },
    })
  })
})
