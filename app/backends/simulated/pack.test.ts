import { describe, expect, it } from 'vitest'
import type { Json, JsonObject } from '../../../shared/json.ts'
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

/** As app/core packs items: a line of JSON each, and a schema that names their ids. */
function packed(model: string, inputs: readonly Json[], output: JsonObject | null): CompletionRequest {
  const ids = inputs.map((_, index) => `k${index}`)
  const lines = inputs.map((input, index) => JSON.stringify({ id: `k${index}`, input }))
  const row: JsonObject = {
    type: 'object',
    required: ['id'],
    properties: { id: { enum: ids }, output: output ?? { type: 'string' }, error: { type: 'string' } },
  }
  const schema: JsonObject = {
    type: 'object',
    required: ['results'],
    properties: { results: { type: 'array', items: row } },
  }
  return asked(model, `Answer each of these ${ids.length} items.\n\n${lines.join('\n')}`, schema)
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
    expect(rows.map(({ id }) => id)).toEqual(['k0', 'k1', 'k2', 'k3'])
    expect(rows.map(({ output }) => output)).toEqual(singles.map((single) => JSON.parse(single)))
    expect(rows[0]?.output).toMatchObject({ category: 'billing' })
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
    expect(rows.find(({ id }) => id === 'k1')).toEqual({ id: 'k1', error: expect.stringContaining('no text') })
    expect(rows.length).toBeGreaterThan(1)
  })

  it('forgets an item or answers it twice in about one of nine packs of the local model, in few of the others', async () => {
    const miscounted = async (model: string) => {
      let count = 0
      for (let pack = 0; pack < 300; pack++) {
        const rows = await rowsOf(
          packed(model, ['One hub is offline.', `Ticket ${pack} is about a bill.`, 'Hello.'], null),
        )
        if (rows.map(({ id }) => id).join() !== 'k0,k1,k2') count++
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
