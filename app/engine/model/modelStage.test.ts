import { afterEach, describe, expect, it } from 'vitest'
import { imageFiles } from '../../files/imageFiles.ts'
import { runStage, shortly } from '../../testing/modelStages.ts'
import { type Provider, type ProviderAnswer, type ProviderCall, startProvider } from '../../testing/provider.ts'
import { aWorkspace, type TestWorkspace } from '../../testing/workspace.ts'

let provider: Provider
let workspace: TestWorkspace | null = null
afterEach(async () => {
  await provider.close()
  await workspace?.remove()
  workspace = null
})

/** A tier and a better one, told apart by their models. */
function setup(stage: string, contextTokens?: number) {
  const price = { input: 1, output: 2 }
  const own = { backend: 'anthropic' as const, baseUrl: provider.origin, apiKeyEnv: 'TEST_KEY', price }
  const context = contextTokens === undefined ? {} : { contextTokens }
  return {
    stage: `tier: small\nretry: {backoff: 0.001}\n${stage}`,
    tiers: { small: { ...own, model: 'small', ...context }, large: { ...own, model: 'large' } },
  }
}

const start = async (answer?: (call: ProviderCall) => ProviderAnswer) => {
  provider = await startProvider(answer)
}

describe('what a stage sends', () => {
  it('begins with what it knows, and asks the provider to keep what is the same for every item', async () => {
    await start()
    const knowledge = new Map([['terms.md', 'A parcel is a box. '.repeat(100)]])
    const stage = 'knowledge: [{file: terms.md}]\ninstructions: Sort it.\nprompt: "{{ item }}"'
    const { attempts } = await runStage({ ...setup(stage), uses: { knowledge } }, ['a'])
    expect(provider.calls[0]?.system).toMatch(/^--- Reference: terms\.md ---\nA parcel is a box\.[\s\S]+\n\nSort it\.$/)
    expect(provider.calls[0]?.body.system).toMatchObject([{ cache_control: { type: 'ephemeral' } }])
    // The file is frozen with the run; it does not stand in every attempt again.
    expect(attempts()[0]?.request.instructions).toBe('Sort it.')
  })
  it('does not ask for instructions to be kept that differ from item to item', async () => {
    await start()
    const stage = `instructions: "${'Sort it. '.repeat(200)} {{ item }}"\nprompt: "{{ item }}"`
    await runStage(setup(stage), ['a'])
    expect(provider.calls[0]?.body.system).toContain('Sort it.')
    expect(JSON.stringify(provider.calls[0]?.body)).not.toContain('cache_control')
  })
  it('shows images as their bytes, and keeps their names only', async () => {
    await start(() => ({ text: 'A red square.' }))
    workspace = await aWorkspace()
    const [png, jpeg] = [Buffer.from('89504e470d0a1a0a01', 'hex'), Buffer.from('ffd8ffe002', 'hex')]
    await workspace.write('inputs/a.png', png)
    await workspace.write('logo.jpg', jpeg)
    const stage = 'prompt: What is it?\nimages: ["{{ item.path }}", logo.jpg, null]'
    const run = { ...setup(stage), images: imageFiles(workspace.folder), sourceFolder: 'inputs' }
    const { attempts, outcomes } = await runStage(run, [{ path: 'a.png' }])
    expect(shortly(outcomes)).toEqual(['A red square.'])
    expect(provider.calls[0]?.images).toEqual([png.toString('base64'), jpeg.toString('base64')])
    expect(attempts()[0]?.request.messages).toEqual([
      { role: 'user', text: 'What is it?', images: ['a.png', 'logo.jpg'] },
    ])
  })
  it('is nothing where an image is missing: no call is made', async () => {
    await start()
    workspace = await aWorkspace()
    const run = { ...setup('prompt: What is it?\nimages: "{{ item.path }}"'), images: imageFiles(workspace.folder) }
    expect(shortly((await runStage(run, [{ path: 'gone.png' }, { path: 5 }])).outcomes)).toEqual([
      '(source)',
      '(invalid_input)',
    ])
    expect(provider.calls).toHaveLength(0)
  })
  it('asks alone for an item with images, whatever it packs', async () => {
    await start(({ prompt }) => ({ text: prompt }))
    workspace = await aWorkspace()
    await workspace.write('a.png', Buffer.from('89504e470d0a1a0a01', 'hex'))
    const stage = 'prompt: "{{ item.text }}"\nimages: "{{ item.path }}"\npack: {size: 5}'
    const items = ['one', 'two'].map((text) => ({ text, path: 'a.png' }))
    const { outcomes } = await runStage({ ...setup(stage), images: imageFiles(workspace.folder) }, items)
    expect(shortly(outcomes)).toEqual(['one', 'two'])
  })
  it('is a worker’s own prompt with `input` in it: the stage’s input, without one the item', async () => {
    await start(({ prompt }) => ({ text: prompt }))
    const workers = new Map([['w', { name: 'w', prompt: 'About {{ input.topic }}' }]])
    const uses = { workers }
    const given = await runStage({ ...setup('worker: w\ninput: {topic: "{{ item.subject }}"}'), uses }, [
      { subject: 'tea' },
    ])
    const item = await runStage({ ...setup('worker: w'), uses }, [{ topic: 'milk' }])
    expect([...shortly(given.outcomes), ...shortly(item.outcomes)]).toEqual(['About tea', 'About milk'])
  })
})

describe('an input that does not fit its schema', () => {
  const SCHEMA = 'inputSchema: {type: object, required: [text], properties: {text: {type: string}, n: {type: integer}}}'
  it('costs no call and names the field', async () => {
    await start()
    const stage = `${SCHEMA}\ninput: {text: "{{ item.text }}", n: "{{ item.n }}"}`
    const { outcomes, attempts } = await runStage(setup(stage), [{ text: 'a', n: 'many' }])
    expect(outcomes[0]).toEqual({
      kind: 'failed',
      failure: { kind: 'invalid_input', message: "The input does not fit the stage's inputSchema: n must be integer." },
    })
    expect([provider.calls.length, attempts().length]).toEqual([0, 0])
  })
  it('is the item where the stage has no input', async () => {
    await start()
    const { outcomes } = await runStage(setup(SCHEMA), [{ n: 1 }, { text: 'a' }])
    expect(outcomes[0]).toMatchObject({
      failure: { message: expect.stringContaining("the input must have required property 'text'") },
    })
    expect(outcomes[1]?.kind).toBe('succeeded')
  })
})

describe('an answer that stays invalid', () => {
  const STAGE = 'prompt: "{{ item }}"\noutput: {type: object, required: [n], properties: {n: {type: integer}}}'
  it('is asked for at the better tier, when repairs are used up', async () => {
    await start(({ model }) => ({ text: model === 'large' ? '{"n": 1}' : '{"n": "one"}' }))
    const { outcomes, attempts } = await runStage(setup(`${STAGE}\nrepair: 1\nescalate: large`), ['a'])
    expect(shortly(outcomes)).toEqual([{ n: 1 }])
    expect(attempts().map(({ purpose, tier, model }) => [purpose, tier, model])).toEqual([
      ['first', 'small', 'small'],
      ['repair', 'small', 'small'],
      ['escalate', 'large', 'large'],
    ])
    // The better tier is asked afresh, not shown what the other one said.
    expect(provider.calls[2]?.body.messages).toHaveLength(1)
  })
  it('has its own repairs and retries there, then fails', async () => {
    let overloaded = true
    await start(({ model }) => {
      if (model === 'large' && overloaded) {
        overloaded = false
        return { status: 529 }
      }
      return { text: '{"n": "one"}' }
    })
    const { outcomes, attempts } = await runStage(setup(`${STAGE}\nrepair: 1\nescalate: large`), ['a'])
    expect(shortly(outcomes)).toEqual(['(invalid_output)'])
    expect(attempts().map(({ purpose, tier }) => `${purpose} ${tier}`)).toEqual([
      'first small',
      'repair small',
      'escalate large',
      'retry large',
      'repair large',
    ])
  })
  it('goes on where a killed process stood', async () => {
    await start(({ model }) => ({ text: model === 'large' ? '{"n": 1}' : '{"n": "one"}' }))
    const stage = setup(`${STAGE}\nrepair: 0\nescalate: large`)
    const first = await runStage(stage, ['a'])
    const lost = first.attempts().map((attempt) => {
      return attempt.purpose === 'escalate' ? { ...attempt, outcome: { status: 'lost' as const } } : attempt
    })
    const resumed = await runStage({ ...stage, before: lost }, ['a'])
    expect(shortly(resumed.outcomes)).toEqual([{ n: 1 }])
    expect(provider.calls.map(({ model }) => model)).toEqual(['small', 'large', 'large'])
  })
})

describe('an input that is too long', () => {
  const WORDS = Array.from({ length: 3000 }, (_, index) => `word${index}`).join(' ')
  it('fails before any call, by the stage’s limit or by what the model holds', async () => {
    await start()
    const own = await runStage(setup('maxInputTokens: 500\nprompt: "{{ item }}"'), [WORDS, 'short'])
    const context = await runStage(setup('prompt: "{{ item }}"', 2000), [WORDS, 'short'])
    expect([...shortly(own.outcomes), ...shortly(context.outcomes)]).toEqual([
      '(too_long)',
      'SHORT',
      '(too_long)',
      'SHORT',
    ])
    expect(own.outcomes[0]).toMatchObject({
      failure: { message: expect.stringMatching(/^The input has about \d{4,5} tokens, over the limit of 500/) },
    })
    expect(provider.calls).toHaveLength(2)
  })
  it('is cut in its longest value, and says so where it was cut', async () => {
    await start(({ prompt }) => ({ text: prompt }))
    const stage =
      'maxInputTokens: 300\ntooLong: truncate\nprompt: "About {{ item.title }}: {{ item.text }} — in one line."'
    const { outcomes, attempts } = await runStage(setup(stage), [{ title: 'Tea', text: WORDS }])
    const [text] = shortly(outcomes)
    expect(text).toMatch(/^About Tea: word0 word1 [\s\S]*\[… cut: \d+ of \d+ tokens\] — in one line\.$/)
    expect(attempts()[0]?.request.messages[0]?.text).toBe(text)
  })
  it('is cut in the longest text of the input where there is no prompt', async () => {
    await start(({ prompt }) => ({ text: prompt }))
    const { outcomes } = await runStage(setup('maxInputTokens: 300\ntooLong: truncate'), [
      { id: 7, texts: ['a', WORDS] },
    ])
    const [text] = shortly(outcomes)
    const sent = JSON.parse(String(text)) as { id: number; texts: string[] }
    expect([sent.id, sent.texts[0]]).toEqual([7, 'a'])
    expect(sent.texts[1]).toMatch(/\[… cut: \d+ of \d+ tokens\]$/)
  })
  it('is cut shorter as often as the provider finds it too long, where no limit is known', async () => {
    await start(({ prompt }) =>
      prompt.length > 14_000
        ? { status: 400, error: 'prompt is too long: 9000 tokens > 8000 maximum' }
        : { text: 'fits' },
    )
    const { outcomes, attempts } = await runStage(setup('tooLong: truncate\nprompt: "{{ item }}"'), [WORDS])
    expect(shortly(outcomes)).toEqual(['fits'])
    expect(attempts().map(({ outcome }) => outcome.status)).toEqual(['failed', 'failed', 'succeeded'])
  })
  it('fails where what stands around the value is too long by itself', async () => {
    await start()
    const stage = `maxInputTokens: 100\ntooLong: truncate\ninstructions: "${'Be brief. '.repeat(200)}"\nprompt: "{{ item }}"`
    expect(shortly((await runStage(setup(stage), [WORDS])).outcomes)).toEqual(['(too_long)'])
    expect(provider.calls).toHaveLength(0)
  })
})

describe('a long input asked in parts', () => {
  const WORDS = Array.from({ length: 1500 }, (_, index) => `word${index}`).join(' ')
  const wordsIn = (text: string) => text.match(/word\d+/g) ?? []
  const isCombining = ({ prompt }: ProviderCall) => prompt.startsWith('Combine the answers')

  it('is asked part by part, and the answers are made one', async () => {
    await start((call) => ({ text: isCombining(call) ? 'whole' : `${wordsIn(call.prompt).length} words` }))
    const stage = 'maxInputTokens: 1500\ntooLong: split\nprompt: "Count the words of {{ item.name }}: {{ item.text }}"'
    const { outcomes, attempts } = await runStage(setup(stage), [{ name: 'the list', text: WORDS }])
    expect(shortly(outcomes)).toEqual(['whole'])
    const paths = attempts().map(({ stage: path }) => path)
    const parts = provider.calls.filter((call) => !isCombining(call))
    expect(parts.length).toBeGreaterThan(2)
    expect(paths.toSorted()).toEqual(['ask/combine', ...parts.map((_, index) => `ask/part-${index + 1}`)])
    for (const { prompt } of parts) expect(prompt).toMatch(/^Count the words of the list: \[Part \d of \d\]\n/)
    const counted = parts.reduce((sum, { prompt }) => sum + wordsIn(prompt).length, 0)
    // A cut may go through a word: both of its parts are there.
    expect(counted).toBeGreaterThanOrEqual(1500)
    const combining = provider.calls.find(isCombining)?.prompt ?? ''
    expect(combining).toContain('Count the words of the list: [one part of the text]')
    expect(combining).toContain('--- Part 1 of')
  })
  it('gives what fits the schema, part by part and as a whole', async () => {
    await start((call) => ({ text: JSON.stringify({ n: isCombining(call) ? 100 : wordsIn(call.prompt).length }) }))
    const stage =
      'maxInputTokens: 1500\ntooLong: split\nprompt: "{{ item }}"\noutput: {type: object, required: [n], properties: {n: {type: integer}}}'
    expect(shortly((await runStage(setup(stage), [WORDS])).outcomes)).toEqual([{ n: 100 }])
    expect(provider.calls.filter(isCombining)).toHaveLength(1)
  })
  it('is combined in rounds where the answers do not fit in one call', async () => {
    await start((call) => ({ text: isCombining(call) ? 'short' : 'long '.repeat(200) }))
    const stage = 'maxInputTokens: 700\ntooLong: split\nprompt: "{{ item }}"'
    const { outcomes, attempts } = await runStage(setup(stage), [WORDS])
    expect(shortly(outcomes)).toEqual(['short'])
    const combined = attempts().filter(({ stage: path }) => path.startsWith('ask/combine'))
    expect(combined.length).toBeGreaterThan(2)
    expect(combined.at(-1)?.stage).toBe('ask/combine')
  })
  it('fails where combining would never come to an end', async () => {
    await start(() => ({ text: 'long '.repeat(600) }))
    const stage = 'maxInputTokens: 700\ntooLong: split\nprompt: "{{ item }}"'
    expect(shortly((await runStage(setup(stage), [WORDS])).outcomes)).toEqual(['(too_long)'])
  })
  it('is asked in halves of halves where only the provider knows the limit', async () => {
    await start((call) =>
      call.prompt.length > 4000
        ? { status: 400, error: 'prompt is too long' }
        : { text: isCombining(call) ? 'whole' : 'part' },
    )
    const { outcomes, attempts } = await runStage(setup('tooLong: split\nprompt: "{{ item }}"'), [WORDS])
    expect(shortly(outcomes)).toEqual(['whole'])
    expect(attempts().map(({ stage: path }) => path)).toContain('ask/part-1/part-1')
  })
  it('asks nothing again that was answered before a kill', async () => {
    await start((call) => ({ text: isCombining(call) ? 'whole' : 'part' }))
    const stage = setup('maxInputTokens: 1500\ntooLong: split\nprompt: "{{ item }}"')
    const first = await runStage(stage, [WORDS])
    const before = first.attempts().filter(({ stage: path }) => path !== 'ask/combine' && path !== 'ask/part-2')
    const calls = provider.calls.length
    const resumed = await runStage({ ...stage, before }, [WORDS])
    expect(shortly(resumed.outcomes)).toEqual(['whole'])
    expect(provider.calls.length - calls).toBe(2)
  })
  it('is the item’s failure as soon as one part fails', async () => {
    await start((call) => (call.prompt.includes('word0 ') ? { status: 422 } : { text: 'part' }))
    const stage = 'maxInputTokens: 400\ntooLong: split\nprompt: "{{ item }}"'
    expect(shortly((await runStage(setup(stage), [WORDS])).outcomes)).toEqual(['(provider)'])
    expect(provider.calls.length).toBeLessThan(8)
  })
})
