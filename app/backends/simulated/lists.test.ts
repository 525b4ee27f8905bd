import { describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../shared/json.ts'
import type { CompletionRequest, ImageData } from '../../ports/backend.ts'
import { createSimulatedBackend } from './simulated.ts'

// What a person sees first of groups, maps, long texts in parts and images.

const backend = createSimulatedBackend({ speed: Number.POSITIVE_INFINITY })

async function ask(text: string, more: Partial<CompletionRequest & { images: readonly ImageData[] }> = {}) {
  const { images, ...rest } = more
  const request: CompletionRequest = {
    model: 'simulated-frontier',
    instructions: null,
    keepInstructions: false,
    messages: [{ role: 'user', text, ...(images === undefined ? {} : { images }) }],
    schema: null,
    maxTokens: null,
    parameters: {},
    ...rest,
  }
  const completion = await backend.complete(request, new AbortController().signal)
  if (!completion.ok) throw new Error(completion.failure.message)
  return completion
}

const TICKETS = [
  { subject: 'Hub offline', category: 'bug', text: 'The hub drops off the network every hour. I have reset it twice.' },
  {
    subject: 'Paid twice',
    category: 'billing',
    text: 'You charged my card twice in May. Please refund one of the two.',
  },
  { subject: 'Sensor dead', category: 'bug', text: 'The sensor in the hall shows nothing since the update of 3 May.' },
  { subject: 'No heating', category: 'bug', text: 'The thermostat does not start the boiler in the morning.' },
]

describe('a prompt about a group', () => {
  it('is answered with how many there are, how they divide, and a line for each', async () => {
    const { text } = await ask(`Summarise these tickets:\n\n${JSON.stringify(TICKETS)}`)
    expect(text).toBe(
      [
        '4 items. By category: bug 3, billing 1.',
        '',
        '- Hub offline: The hub drops off the network every hour.',
        '- Paid twice: You charged my card twice in May.',
        '- Sensor dead: The sensor in the hall shows nothing since the update of 3 May.',
        '- No heating: The thermostat does not start the boiler in the morning.',
      ].join('\n'),
    )
  })

  it('is answered in so many sentences where it says how many, from as many members', async () => {
    const { text } = await ask(`Summarise these tickets in two sentences.\n\n${JSON.stringify({ items: TICKETS })}`)
    expect(text).toBe('The hub drops off the network every hour. You charged my card twice in May.')
  })

  it('says how many more there are than it tells of', async () => {
    const many = Array.from({ length: 30 }, (_, index) => ({ ...TICKETS[index % 4], subject: `Ticket ${index}` }))
    const { text } = await ask(`Write a digest of these:\n\n${JSON.stringify(many)}`, { model: 'simulated-local' })
    expect(text).toMatch(/^30 items\./)
    expect(text).toMatch(/- and 27 more$/)
  })

  it('fills a schema from all members: their number, their subjects, a record for each', async () => {
    const schema: JsonObject = {
      type: 'object',
      required: ['count', 'title', 'themes', 'tickets'],
      properties: {
        count: { type: 'integer' },
        title: { type: 'string' },
        themes: { type: 'array', items: { type: 'string' } },
        tickets: {
          type: 'array',
          items: {
            type: 'object',
            required: ['category', 'text'],
            properties: { category: { enum: ['bug', 'billing'] }, text: { type: 'string' } },
          },
        },
      },
    }
    const { text } = await ask(`What do these tickets have in common?\n\n${JSON.stringify(TICKETS)}`, { schema })
    const answer = JSON.parse(text)
    expect(answer).toMatchObject({ count: 4, title: '4 items: Hub offline; Paid twice' })
    expect(answer.themes).toEqual(TICKETS.map(({ subject }) => subject))
    expect(answer.tickets.map(({ category }: { category: string }) => category)).toEqual(
      TICKETS.map(({ category }) => category),
    )
  })

  it('reads a bulleted list and texts between rules as lists', async () => {
    const texts = TICKETS.map((ticket) => ticket.text)
    const bulleted = await ask(
      `Write a short digest of the problems:\n\n${texts.map((each) => `- ${each}`).join('\n')}`,
    )
    const ruled = await ask(`Write a short digest of the problems:\n\n${texts.join('\n---\n')}`)
    for (const { text } of [bulleted, ruled]) {
      expect(text).toMatch(/^4 items\.\n\n- The hub drops/)
      expect(text.split('\n- ')).toHaveLength(5)
    }
  })

  it('leaves a record with a list of words, and a document with a list in it, one thing', async () => {
    const record = { company: 'Acme', note: 'They sell two kinds of anvil to smiths.', items: ['anvil', 'hammer'] }
    const document =
      'The board met on 3 May.\n\n- Ann spoke of the budget.\n- Ben spoke of the roof.\n\nIt ended at noon sharp.'
    for (const text of [JSON.stringify(record), document])
      expect((await ask(`Summarise this:\n\n${text}`)).text).not.toMatch(/\d items/)
  })
})

describe('a document that is a letter', () => {
  it.each(['Write a digest of the document letter-tenant.txt.', 'Note the point of section 1 of 2.'])(
    'is told of, and not answered, where that is asked: %s',
    async (order) => {
      const { text } = await ask(
        `${order}\n\n<section>\nDear Ms Okoye,\n\nThe damp in the bedroom is back.\n</section>`,
      )
      expect(text).toBe('The damp in the bedroom is back.')
    },
  )
})

describe('an input that lists what may be answered', () => {
  it('is answered with the one that fits, though the schema takes any text', async () => {
    const properties = { category: { type: 'string' }, reasoning: { type: 'string' } }
    const schema: JsonObject = { type: 'object', required: ['category', 'reasoning'], properties }
    const categories = ['shipping', 'bug', 'billing']
    const parcel = 'The parcel was delivered to the wrong address yesterday.'
    const texts = [...TICKETS.slice(0, 2).map(({ text }) => text), parcel]
    const chosen = await Promise.all(
      texts.map(async (text) => JSON.parse((await ask(JSON.stringify({ text, categories }), { schema })).text)),
    )
    expect(chosen.map(({ category }) => category)).toEqual(['bug', 'billing', 'shipping'])
    expect(chosen[0].reasoning).toMatch(/^The hub drops off|^I have reset/)
  })
})

describe('partial answers that are to be combined', () => {
  /** As app/engine/model/askInParts.ts puts them together. */
  const combining = (answers: readonly string[]) =>
    [
      'Combine the answers below into one answer to the whole, in the same form.',
      'The text was too long for one question. The same was asked of each of its parts:\n\n{\n  "text": "…"\n}',
      ...answers.map((answer, index) => `--- Part ${index + 1} of ${answers.length} ---\n${answer}`),
    ].join('\n\n')
  const schema: JsonObject = {
    type: 'object',
    required: ['summary', 'risks', 'kind'],
    properties: {
      summary: { type: 'string', maxLength: 300 },
      risks: { type: 'array', items: { type: 'string' }, maxItems: 3 },
      kind: { enum: ['report', 'letter'] },
      pages: { type: ['integer', 'null'] },
    },
  }
  const parts = [
    {
      summary: 'The flood began at night and the pumps failed at once.',
      risks: ['pumps', 'alarm'],
      kind: 'letter',
      pages: null,
    },
    {
      summary: 'The council spent 40,000 pounds on repairs of the bridge.',
      risks: ['alarm', 'budget'],
      kind: 'report',
      pages: 12,
    },
    { summary: 'The inquiry recommends new sensors on both of the bridges.', risks: ['wind'], kind: 'report' },
  ]

  it('become one: lists joined, the value of most parts, texts summed up', async () => {
    const answer = JSON.parse((await ask(combining(parts.map((part) => JSON.stringify(part))), { schema })).text)
    expect(answer).toMatchObject({ risks: ['pumps', 'alarm', 'budget'], kind: 'report', pages: 12 })
    expect(parts.filter(({ summary }) => answer.summary.includes(summary)).length).toBeGreaterThan(1)
  })

  it('become one text that keeps something of each', async () => {
    const { text } = await ask(combining(parts.map(({ summary }) => summary)), {
      instructions: 'Summarise the report.',
    })
    for (const { summary } of parts) expect(text).toContain(summary)
    expect(text).not.toMatch(/Part \d|Combine/)
  })
})

describe('images', () => {
  const images: readonly ImageData[] = [
    { name: 'photos/receipt.jpg', mediaType: 'image/jpeg', base64: 'A'.repeat(40_000) },
    { name: 'dot.webp', mediaType: 'image/webp', base64: 'AAAA' },
  ]

  it('are told by name, type and size, and that this is all it sees', async () => {
    const { text } = await ask('What is on these photographs?', { images })
    expect(text).toContain('photos/receipt.jpg is a JPEG file of 30 kB')
    expect(text).toContain('dot.webp is a WebP file of 3 bytes')
    expect(text).toContain('sees no more')
  })

  it('stand beside what the text says, and fill a schema', async () => {
    const both = await ask('Summarise this:\n\nThe roof leaks over the stairs since the storm.', { images })
    expect(both.text).toContain('The roof leaks over the stairs')
    expect(both.text).toContain('photos/receipt.jpg')
    const properties = { file_name: { type: 'string' }, file_size: { type: 'string' } }
    const schema: JsonObject = { type: 'object', required: ['file_name', 'file_size'], properties }
    const filled = await ask('Describe the photograph.', { images, schema })
    expect(JSON.parse(filled.text)).toEqual({ file_name: 'receipt.jpg', file_size: '30 kB' })
  })

  it('count as input and change the answer', async () => {
    const [none, one] = [await ask('What is it?'), await ask('What is it?', { images: images.slice(1) })]
    expect(one.usage.inputTokens).toBeGreaterThan(none.usage.inputTokens + 1000)
  })
})
