import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { JsonObject } from '../../../shared/json.ts'
import { schemaOfShape, shapeOfSchema } from './schemaFields.ts'

it('shows types, lists, choices, nested objects and descriptions as fields', () => {
  const shape = shapeOfSchema({
    type: 'object',
    required: ['category', 'people'],
    properties: {
      category: { type: 'string', enum: ['bug', 'other'], description: 'One of ours.' },
      people: { type: 'array', items: { type: 'object', properties: { name: { type: 'string' } } } },
      score: { type: 'number', minimum: 0 },
    },
    additionalProperties: false,
  })
  expect(
    shape?.fields.map(({ name, type, list, required, options, description }) => [
      name,
      type,
      list,
      required,
      options,
      description,
    ]),
  ).toEqual([
    ['category', 'choice', false, true, ['bug', 'other'], 'One of ours.'],
    ['people', 'object', true, true, [], ''],
    ['score', 'number', false, false, [], ''],
  ])
  expect([shape?.fields[1]?.shape.fields[0]?.name, shape?.fields[2]?.extra, shape?.extra]).toEqual([
    'name',
    { minimum: 0 },
    { additionalProperties: false },
  ])
})

it('keeps a property that it cannot show as it is written', () => {
  const schema: JsonObject = {
    type: 'object',
    properties: { a: { anyOf: [{ type: 'string' }, { type: 'null' }] }, b: { $ref: '#/$defs/b' } },
  }
  const shape = shapeOfSchema(schema)
  expect(shape?.fields.map(({ type }) => type)).toEqual(['other', 'other'])
})

it('shows a type that may be null as such', () => {
  const shape = shapeOfSchema({ type: 'object', properties: { a: { type: ['string', 'null'], pattern: '^N' } } })
  expect(shape?.fields.map(({ type, nullable, extra }) => [type, nullable, extra])).toEqual([
    ['string', true, { pattern: '^N' }],
  ])
})

it('leaves to the JSON Schema editor what fields cannot say', () => {
  const schemas: JsonObject[] = [
    { type: 'array', items: { type: 'string' } },
    { type: 'object', required: ['ghost'], properties: { a: { type: 'string' } } },
    { oneOf: [{ type: 'object' }] },
    { type: 'object', properties: { a: true } },
  ]
  expect(schemas.map(shapeOfSchema)).toEqual([null, null, null, null])
})

it('never loses anything: whatever it shows as fields comes back the same', () => {
  const leaf = fc.record(
    {
      type: fc.constantFrom('string', 'number', 'integer', 'boolean', 'null', ['string', 'null'], ['null', 'string']),
      description: fc.string(),
      enum: fc.array(fc.string(), { maxLength: 3 }),
      minimum: fc.integer(),
    },
    { requiredKeys: [] },
  )
  const { schema } = fc.letrec((tie) => ({
    schema: fc.record(
      {
        type: fc.constantFrom('object', 'array', 'string'),
        description: fc.string(),
        properties: fc.dictionary(
          fc.constantFrom('a', 'b', 'c', 'type', 'items'),
          fc.oneof({ depthSize: 'small' }, leaf, tie('schema')),
        ),
        required: fc.subarray(['a', 'b', 'c']),
        items: fc.oneof({ depthSize: 'small' }, leaf, tie('schema')),
        minItems: fc.nat(3),
      },
      { requiredKeys: [] },
    ),
  }))
  fc.assert(
    fc.property(schema, (value) => {
      const written = JSON.parse(JSON.stringify(value)) as JsonObject
      const shape = shapeOfSchema(written)
      if (shape === null) return
      expect(sorted(schemaOfShape(shape))).toEqual(sorted(written))
    }),
  )
})

/** Order of `required` and a `required` that is empty mean nothing. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, entry]) => [
      key,
      key === 'required' && Array.isArray(entry) ? [...entry].sort() : sorted(entry),
    ]),
  )
}
