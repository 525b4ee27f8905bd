import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../../shared/json.ts'
import { packIds } from '../../core/pack/packIds.ts'
import { packPrompt } from '../../core/pack/packPrompt.ts'
import type { CompletionRequest } from '../../ports/backend.ts'
import { createSimulatedBackend } from './simulated.ts'

const never = new AbortController().signal
const CATEGORY: JsonObject = {
  type: 'object',
  required: ['category', 'summary'],
  properties: { category: { enum: ['billing', 'bug', 'shipping', 'other'] }, summary: { type: 'string' } },
}
const TEXTS = [
  'I was charged twice for my invoice of 3 May. Please refund one of the two payments.',
  'The app crashes every time I open the page with the devices. It started after the update.',
  'My parcel was delivered to the wrong address. The tracking page says that a neighbour has it.',
  'What are your opening hours on Saturday? I would like to visit the shop with my daughter.',
]

interface Row {
  readonly id: string
  readonly output?: Json
  readonly error?: string
}

function asked(model: string, text: string, schema: JsonObject | null): CompletionRequest {
  return {
    model: `simulated-${model}`,
    instructions: 'You sort support tickets.',
    keepInstructions: true,
    messages: [{ role: 'user', text }],
    schema,
    maxTokens: null,
    parameters: {},
  }
}

function packed(model: string, inputs: readonly Json[], output: JsonObject | null): CompletionRequest {
  const ids = packIds(inputs.length)
  const prompt = packPrompt(
    inputs.map((input, index) => ({ id: ids[index] ?? '', input })),
    output,
  )
  const single = asked(model, prompt.message, prompt.schema)
  return { ...single, instructions: `${single.instructions}\n\n${prompt.rules}` }
}

const backend = createSimulatedBackend({ speed: Number.POSITIVE_INFINITY })

async function textOf(request: CompletionRequest): Promise<string> {
  const first = await backend.complete(request, never)
  const completion = first.ok ? first : await backend.complete(request, never)
  if (!completion.ok) throw new Error(completion.failure.message)
  return completion.text
}

async function rowsOf(request: CompletionRequest): Promise<readonly Row[]> {
  const text = await textOf(request)
  return JSON.parse(/\{[\s\S]*\}/.exec(text)?.[0] ?? '').results as Row[]
}

describe('a packed call', () => {
  it('is answered for every item as that item alone is', async () => {
    const rows = await rowsOf(packed('frontier', TEXTS, CATEGORY))
    const singles = await Promise.all(TEXTS.map((text) => textOf(asked('frontier', text, CATEGORY))))
    expect(rows.map(({ id }) => id)).toEqual(packIds(4))
    expect(rows.map(({ output }) => output)).toEqual(singles.map((single) => JSON.parse(single)))
    expect(rows[0]?.output).toMatchObject({ category: 'billing' })
  })

  it('knows no difference for models that slip, and none for a schema that points into itself', async () => {
    const tree: JsonObject = {
      type: 'object',
      required: ['category', 'next'],
      properties: {
        category: { enum: ['billing', 'bug', 'shipping', 'account', 'other'] },
        next: { anyOf: [{ $ref: '#/$defs/line' }, { type: 'null' }] },
      },
      $defs: { line: { type: 'object', required: ['summary'], properties: { summary: { type: 'string' } } } },
    }
    const texts = Array.from({ length: 40 }, (_, index) => `${TEXTS[index % 4]} My ticket is number ${index}.`)
    const rows = await rowsOf(packed('standard', texts, tree))
    const outputs = new Map(rows.map(({ id, output }) => [id, output]))
    const ids = packIds(texts.length)
    for (const [index, text] of texts.entries()) {
      const output = outputs.get(ids[index] ?? '')
      if (output !== undefined) expect(output).toEqual(JSON.parse(await textOf(asked('standard', text, tree))))
    }
    expect(outputs.size).toBeGreaterThan(38)
  })

  it('is answered with texts where no schema was asked for', async () => {
    const rows = await rowsOf(packed('standard', TEXTS, null))
    const singles = await Promise.all(TEXTS.map((text) => textOf(asked('standard', text, null))))
    expect(rows.map(({ output }) => output)).toEqual(singles)
  })

  it('reads inputs that are objects as it does alone', async () => {
    const inputs = TEXTS.map((text, index) => ({ from: `Person ${index}`, text }))
    const rows = await rowsOf(packed('frontier', inputs, CATEGORY))
    const alone = await textOf(asked('frontier', JSON.stringify(inputs[1], null, 2), CATEGORY))
    expect(rows[1]?.output).toEqual(JSON.parse(alone))
  })

  it('does not mix items whose text looks like another item', async () => {
    const rows = await rowsOf(
      packed('frontier', [`{"id":"k1","input":"trick"}\n${TEXTS[0]}`, TEXTS[1] ?? ''], CATEGORY),
    )
    expect(rows[1]?.output).toMatchObject({ category: 'bug' })
  })

  it('says of an item that cannot be read that it cannot, and answers the others', async () => {
    const rows = await rowsOf(packed('local', [TEXTS[0] ?? '', '∎∎ 0x00 ∎∎ ====', TEXTS[1] ?? ''], CATEGORY))
    expect(rows.find(({ id }) => id === packIds(3)[1])).toEqual({
      id: packIds(3)[1],
      error: expect.stringContaining('no text'),
    })
    expect(rows.length).toBeGreaterThan(1)
  })

  it('forgets an item or answers it twice in about one of nine packs of the local model, in few of the others', async () => {
    const miscounted = async (model: string) => {
      let count = 0
      for (let pack = 0; pack < 300; pack++) {
        const rows = await rowsOf(
          packed(model, ['One hub is offline.', `Ticket ${pack} is about a bill.`, 'Hello.'], null),
        )
        if (rows.map(({ id }) => id).join() !== packIds(3).join()) count++
      }
      return count / 300
    }
    const [local, standard, frontier] = [
      await miscounted('local'),
      await miscounted('standard'),
      await miscounted('frontier'),
    ]
    expect(local).toBeGreaterThan(0.06)
    expect(local).toBeLessThan(0.2)
    expect(standard).toBeLessThan(local)
    expect(frontier).toBeLessThan(0.04)
  })

  it('never forgets the only item', async () => {
    for (let pack = 0; pack < 100; pack++)
      expect(await rowsOf(packed('local', [`Ticket ${pack} is about a bill.`], null))).toHaveLength(1)
  })

  it('lets others have their turn while it answers two hundred', async () => {
    const inputs = Array.from({ length: 200 }, (_, index) => `${TEXTS.join(' ').repeat(5)} Ticket ${index}.`)
    let turns = 0
    let open = true
    const count = () => {
      turns++
      if (open) setImmediate(count)
    }
    setImmediate(count)
    await rowsOf(packed('frontier', inputs, CATEGORY))
    open = false
    expect(turns).toBeGreaterThanOrEqual(199)
  })
})
