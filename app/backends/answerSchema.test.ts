import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../shared/json.ts'
import { hasOnlyRequired, schemaInWords, strictSchema } from './answerSchema.ts'

const object = (properties: JsonObject, more: JsonObject = {}): JsonObject => ({ type: 'object', properties, ...more })

describe('a schema for guided decoding', () => {
  it('has every object closed, however deep', () => {
    const schema = object({ people: { type: 'array', items: object({ name: { type: 'string' } }) } })
    expect(strictSchema(schema)).toEqual(
      object(
        { people: { type: 'array', items: object({ name: { type: 'string' } }, { additionalProperties: false }) } },
        { additionalProperties: false },
      ),
    )
  })

  it('says in its descriptions what it cannot enforce', () => {
    const schema = object({ score: { type: 'number', minimum: 0, maximum: 1, description: 'How sure.' } })
    expect(strictSchema(schema)).toMatchObject({
      properties: { score: { type: 'number', description: 'How sure. (minimum: 0, maximum: 1)' } },
    })
  })

  it('keeps definitions, references, enumerations and alternatives', () => {
    const schema = object(
      {
        kind: { enum: ['a', 'b'] },
        next: { $ref: '#/$defs/leaf' },
        either: { oneOf: [{ type: 'null' }, { const: 1 }] },
      },
      {
        $defs: { leaf: object({ x: { type: ['string', 'null'] } }) },
        $schema: 'https://json-schema.org/draft/2020-12/schema',
      },
    )
    const strict = strictSchema(schema)
    expect(strict).toMatchObject({
      $defs: { leaf: { additionalProperties: false } },
      properties: { next: { $ref: '#/$defs/leaf' }, either: { anyOf: [{ type: 'null' }, { const: 1 }] } },
    })
    expect(() => new Ajv2020().compile(strict ?? {})).not.toThrow()
  })

  it('keeps properties that are named like keywords', () => {
    const schema = object({ minimum: { type: 'number' }, properties: { type: 'string' } })
    expect(strictSchema(schema)).toMatchObject({
      properties: { minimum: { type: 'number' }, properties: { type: 'string' } },
    })
  })

  it.each<JsonObject>([
    { type: 'object', additionalProperties: { type: 'number' } },
    object({ a: { type: 'string' } }, { additionalProperties: true }),
    object({ a: {} }),
    { type: 'array' },
    { type: 'array', items: true },
    object({ a: { type: 'string' } }, { patternProperties: { '^x': { type: 'string' } } }),
    { allOf: [{ type: 'string' }] },
    { if: { type: 'string' } },
  ])('is not made of what would lose answers: %j', (schema) => {
    expect(strictSchema(schema)).toBeNull()
  })

  it('is strict for OpenAI only without optional keys', () => {
    expect(hasOnlyRequired(object({ a: { type: 'string' } }, { required: ['a'] }))).toBe(true)
    expect(hasOnlyRequired(object({ a: { type: 'string' } }))).toBe(false)
    expect(hasOnlyRequired(object({ a: object({ b: { type: 'null' } }) }, { required: ['a'] }))).toBe(false)
  })
})

it('puts the schema after the instructions where it is asked for in words', () => {
  expect(schemaInWords('Be brief.', { type: 'string' })).toMatch(
    /^Be brief\.\n\nAnswer with one JSON value.*\n\{"type":"string"\}$/s,
  )
  expect(schemaInWords(null, { type: 'string' })).toMatch(/^Answer/)
})
