import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../shared/json.ts'
import type { CompletionRequest } from '../../ports/backend.ts'
import { SIMULATED_PRICES } from './prices.ts'
import { PROFILES } from './profiles.ts'
import { createSimulatedBackend } from './simulated.ts'

const never = new AbortController().signal
const ajv = new Ajv2020({ strict: false })
addFormats.default(ajv)

function aRequest(changes: Partial<CompletionRequest> = {}): CompletionRequest {
  const messages = [
    { role: 'user' as const, text: 'The hub lost its connection twice today. Order NL-20418 arrived on 3 May 2026.' },
  ]
  return {
    model: 'simulated-frontier',
    instructions: null,
    keepInstructions: false,
    messages,
    schema: null,
    maxTokens: null,
    parameters: {},
    ...changes,
  }
}

function prompt(text: string): CompletionRequest['messages'] {
  return [{ role: 'user', text }]
}

/** Asks until the simulated provider stops turning the request away. */
async function ask(request: CompletionRequest, backend = createSimulatedBackend({ speed: Number.POSITIVE_INFINITY })) {
  const first = await backend.complete(request, never)
  const completion = first.ok ? first : await backend.complete(request, never)
  if (!completion.ok) throw new Error(`Not answered: ${completion.failure.message}`)
  return completion
}

const WORDS =
  'invoice 4711 charged twice hub offline urgent refund €49.90 Berlin Maria Lopez 3 May 2026 help@example.com https://example.org/a love the app, but it crashes. Please! no rush Danke schön ' +
  'employees 250 Acme GmbH: Subject: contract # - * { } < > ` " \\ 🙂 12.03.2026 terminate shall pay 10 % of'
const text = fc.oneof(
  fc
    .array(fc.constantFrom(...WORDS.split(' '), '\n', '.\n\n', '. '), { minLength: 1, maxLength: 60 })
    .map((words) => words.join(' ')),
  fc.lorem({ maxCount: 6, mode: 'sentences' }),
  fc.string({ unit: 'grapheme', maxLength: 120 }),
)

const name = fc.constantFrom(
  'summary',
  'category',
  'due_date',
  'customerName',
  'amount',
  'email',
  'reply',
  'topics',
  'parties',
  'x',
  'order number',
  'isUrgent',
  'score',
)
const described = (schema: JsonObject) =>
  fc
    .option(fc.lorem({ maxCount: 8 }))
    .map((description): JsonObject => (description === null ? schema : { ...schema, description }))

const leaf: fc.Arbitrary<JsonObject> = fc
  .oneof(
    fc
      .record({ least: fc.nat(12), extra: fc.nat(60) })
      .map(({ least, extra }) => ({ type: 'string', minLength: least, maxLength: least + extra })),
    fc.constantFrom<JsonObject>(
      { type: 'string' },
      { type: ['string', 'null'] },
      { type: 'string', minLength: 1 },
      { type: 'boolean' },
      { type: 'null' },
      { const: 'fixed' },
      { const: 7 },
      { type: 'number' },
      { type: 'integer' },
      { type: ['integer', 'null'], minimum: 5 },
      {},
    ),
    fc
      .constantFrom('date', 'email', 'uri', 'date-time', 'uuid', 'time')
      .map((format): JsonObject => ({ type: 'string', format })),
    fc
      .constantFrom(
        '^[A-Z]{2}-\\d{4,6}$',
        '^(?:low|high)$',
        '^\\d{3}$',
        '[a-z]+@[a-z]+',
        '^[^\\s]+$',
        '^v\\d+(\\.\\d+)*$',
      )
      .map((pattern): JsonObject => ({ type: 'string', pattern })),
    fc
      .uniqueArray(
        fc.constantFrom('billing', 'bug', 'other', 'low', 'high', 'medium', 'needs_reply', 'DE', 'positive'),
        { minLength: 1, maxLength: 5 },
      )
      .map((values): JsonObject => ({ enum: values })),
    fc
      .record({
        type: fc.constantFrom('number', 'integer'),
        from: fc.integer({ min: -50, max: 50 }),
        width: fc.integer({ min: 2, max: 90 }),
        exclusive: fc.boolean(),
      })
      .map(
        ({ type, from, width, exclusive }): JsonObject =>
          exclusive
            ? { type, exclusiveMinimum: from, exclusiveMaximum: from + width }
            : { type, minimum: from, maximum: from + width },
      ),
    fc.constantFrom<JsonObject>(
      { type: 'number', multipleOf: 0.5, minimum: 1, maximum: 9 },
      { type: 'integer', multipleOf: 5, minimum: 7 },
      { type: 'number', maximum: -3.5 },
    ),
    fc.constantFrom<JsonObject>(
      { anyOf: [{ type: 'string', format: 'date' }, { type: 'null' }] },
      {
        oneOf: [
          { type: 'integer', minimum: 1 },
          { type: 'string', maxLength: 9 },
        ],
      },
      {
        oneOf: [
          { const: 'a', description: 'about invoices' },
          { const: 'b', title: 'about bugs' },
        ],
      },
      { $ref: '#/$defs/money' },
      { allOf: [{ type: 'string' }, { minLength: 3, maxLength: 5 }] },
    ),
  )
  .chain(described)

const { schema: anySchema } = fc.letrec<{ schema: JsonObject }>((tie) => ({
  schema: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    leaf,
    fc
      .record({
        properties: fc.dictionary(name, tie('schema'), { maxKeys: 4 }),
        isStrict: fc.boolean(),
        share: fc.nat(4),
      })
      .map(
        ({ properties, isStrict, share }): JsonObject => ({
          type: 'object',
          properties: { ...properties },
          required: Object.keys(properties).slice(0, share),
          ...(isStrict ? { additionalProperties: false } : {}),
        }),
      ),
    fc
      .record({ items: tie('schema'), least: fc.nat(3), extra: fc.nat(4) })
      .map(
        ({ items, least, extra }): JsonObject => ({ type: 'array', items, minItems: least, maxItems: least + extra }),
      ),
    fc
      .nat(3)
      .map((least): JsonObject => ({ type: 'array', uniqueItems: true, minItems: least, items: { type: 'string' } })),
    fc.nat(2).map(
      (least): JsonObject => ({
        type: 'array',
        uniqueItems: true,
        minItems: least,
        items: { enum: ['bug', 'billing', 'other'] },
      }),
    ),
  ),
}))
const rootSchema = anySchema.map(
  (schema): JsonObject => ({ ...schema, $defs: { money: { type: 'number', minimum: 0 } } }),
)

describe('createSimulatedBackend', () => {
  it.each(['simulated-standard', 'simulated-frontier'])('answers of %s always fit the schema', async (model) => {
    await fc.assert(
      fc.asyncProperty(rootSchema, text, async (schema, document) => {
        const completion = await ask(aRequest({ model, schema, messages: prompt(document) }))
        const validate = ajv.compile(schema)
        expect(validate(JSON.parse(completion.text)) ? [] : validate.errors).toEqual([])
      }),
      { numRuns: 300 },
    )
  })

  it('gives the same answer to the same request, also in another process', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.option(rootSchema),
        text,
        fc.constantFrom(...PROFILES.keys()),
        async (schema, document, model) => {
          const request = aRequest({ model, schema, messages: prompt(document) })
          expect(await ask(request)).toEqual(await ask(request))
        },
      ),
      { numRuns: 60 },
    )
  })

  it('says it when no such model is there', async () => {
    const completion = await createSimulatedBackend().complete(aRequest({ model: 'gpt-9' }), never)
    expect(completion).toMatchObject({ ok: false, failure: { kind: 'provider', cause: 'backend' }, usage: null })
  })

  it('rejects with the reason of the signal, before the call and during it', async () => {
    const backend = createSimulatedBackend()
    const before = new AbortController()
    before.abort(new Error('too late'))
    await expect(backend.complete(aRequest(), before.signal)).rejects.toThrow('too late')
    const during = new AbortController()
    const answer = backend.complete(aRequest(), during.signal)
    during.abort(new Error('stop now'))
    await expect(answer).rejects.toThrow('stop now')
  })

  it('gives too_long with what was billed when the answer needs more tokens than it may have', async () => {
    const completion = await createSimulatedBackend({ speed: Infinity }).complete(aRequest({ maxTokens: 3 }), never)
    expect(completion).toMatchObject({ ok: false, failure: { kind: 'too_long' }, usage: { outputTokens: 3 } })
  })

  it('refuses a prompt over the context window as too_long', async () => {
    const messages = prompt('word '.repeat(40_000))
    const completion = await createSimulatedBackend({ speed: Infinity }).complete(
      aRequest({ model: 'simulated-local', messages }),
      never,
    )
    expect(completion).toMatchObject({ ok: false, failure: { kind: 'too_long', raw: null }, usage: null })
  })

  it('turns a small share of standard requests away once, and answers them when they are asked again', async () => {
    const backend = createSimulatedBackend({ speed: Infinity })
    const requests = Array.from({ length: 1_000 }, (_, index) =>
      aRequest({ model: 'simulated-standard', messages: prompt(`Ticket ${index} is about a broken hub.`) }),
    )
    const first = await Promise.all(requests.map((request) => backend.complete(request, never)))
    const turnedAway = requests.filter((_, index) => first[index]?.ok === false)
    expect(turnedAway.length).toBeGreaterThan(4)
    expect(turnedAway.length).toBeLessThan(40)
    const again = await Promise.all(turnedAway.map((request) => backend.complete(request, never)))
    expect(again.every(({ ok }) => ok)).toBe(true)
  })

  it('breaks the schema in 2 to 6 % of local answers, and in about 1 % still after the repair turn', async () => {
    const schema = {
      type: 'object',
      required: ['category', 'summary'],
      properties: { category: { enum: ['bug', 'billing'] }, summary: { type: 'string' } },
    }
    const validate = ajv.compile(schema)
    const isValid = (answer: string) => answer.startsWith('{') && validate(JSON.parse(answer))
    const backend = createSimulatedBackend({ speed: Infinity })
    let invalid = 0
    let lost = 0
    for (let index = 0; index < 2_000; index++) {
      const request = aRequest({
        model: 'simulated-local',
        schema,
        messages: prompt(`Ticket ${index}: the app crashes when I open the page.`),
      })
      const { text: answer } = await ask(request, backend)
      if (isValid(answer) || answer.includes('```')) continue
      invalid++
      const messages = [
        ...request.messages,
        { role: 'assistant' as const, text: answer },
        { role: 'user' as const, text: 'That does not fit the schema.' },
      ]
      if (!isValid((await ask({ ...request, messages }, backend)).text)) lost++
    }
    expect(invalid / 2_000).toBeGreaterThan(0.02)
    expect(invalid / 2_000).toBeLessThan(0.06)
    expect(lost / 2_000).toBeGreaterThan(0.003)
    expect(lost / 2_000).toBeLessThan(0.02)
  })

  it('counts about a token for four characters, the schema included', async () => {
    const document = 'The hub lost its connection again. '.repeat(20)
    const without = await ask(aRequest({ messages: prompt(document) }))
    expect(without.usage.inputTokens).toBeGreaterThan(document.length / 5)
    expect(without.usage.inputTokens).toBeLessThan(document.length / 3)
    const schema = { type: 'string', description: 'What happened, in one sentence.' }
    expect((await ask(aRequest({ messages: prompt(document), schema }))).usage.inputTokens).toBeGreaterThan(
      without.usage.inputTokens,
    )
  })

  it('has a price for every model, rising with the tier', () => {
    const prices = [...PROFILES.keys()].map((model) => SIMULATED_PRICES[model]?.output ?? Number.NaN)
    expect(prices).toEqual([...prices].sort((a, b) => a - b))
    expect(prices.every((price) => price > 0)).toBe(true)
  })
})
