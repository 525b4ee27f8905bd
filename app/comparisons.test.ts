import { afterEach, describe, expect, it } from 'vitest'
import type { HostEvent } from '../shared/api.ts'
import { type ComparisonRequest, placeCells } from '../shared/compare/comparison.ts'
import type { TriedCell } from '../shared/triedCell.ts'
import { openSession } from './openSession.ts'
import type { ProviderAnswer, ProviderCall } from './testing/provider.ts'
import { RunWorlds } from './testing/runWorld.ts'

const worlds = new RunWorlds()
afterEach(() => worlds.close())

const FILE = 'chains/one.chain.yaml'
const CHAIN = `jacquard: 1
source: { folder: inputs }
stages:
  first: { kind: model, tier: openai, prompt: "first {{ item.text }}" }
  second: { kind: model, tier: openai, prompt: "second {{ first }}" }
`
const FILES = { 'inputs/a.txt': 'a', 'inputs/b.txt': 'b', 'inputs/c.txt': 'c', [FILE]: CHAIN }

function request(more: Partial<ComparisonRequest> = {}): ComparisonRequest {
  return {
    text: CHAIN,
    file: FILE,
    items: ['a.txt', 'b.txt', 'c.txt'].map((key, index) => ({ index, key, reason: 'chosen', bytes: 1 })),
    variants: [{ name: 'as-drawn' }, { name: 'ollama', tier: 'ollama' }],
    stage: null,
    repeats: 1,
    memory: true,
    ...more,
  }
}

async function open(
  files: Readonly<Record<string, string>> = {},
  answer: (call: ProviderCall) => ProviderAnswer = ({ prompt }) => ({ text: prompt }),
) {
  const { provider, workspace } = await worlds.world({ ...FILES, ...files }, answer)
  const events: HostEvent[] = []
  const listeners = new Set<() => void>()
  const start = async () => {
    const opened = await openSession({
      workspace: workspace.folder,
      host: 'browser',
      version: '0',
      env: { TEST_KEY: 'k' },
      shell: null,
      recent: [],
      tiers: [],
      emit: (event) => {
        events.push(event)
        for (const listener of listeners) listener()
      },
    })
    worlds.add(opened)
    return opened
  }
  const opened = await start()
  const changes = () => events.filter((event) => event.kind === 'comparisonChanged')
  /** The cells that were pushed, once it has come to an end. */
  const end = () =>
    new Promise<readonly TriedCell[]>((resolve) => {
      const look = () => {
        if (changes().at(-1)?.state.status === 'running' || changes().length === 0) return
        listeners.delete(look)
        resolve(
          changes()
            .flatMap(({ cells }) => cells)
            .reduce<readonly TriedCell[]>((all, cell) => placeCells(all, [cell]), []),
        )
      }
      listeners.add(look)
      look()
    })
  return {
    ...opened,
    closeNow: () => worlds.closeNow(opened),
    provider,
    start,
    changes,
    end,
    forget: () => events.splice(0),
  }
}

describe('a comparison', () => {
  it('pushes its cells, and is found again in another session', async () => {
    const world = await open()
    const { comparisons } = world.session
    const started = comparisons.start(request())
    expect(started).toMatchObject({ ok: true, value: { state: { status: 'running' }, cells: [] } })
    const cells = await world.end()
    expect(cells.map(({ item, variant, status }) => `${item.key} ${variant} ${status}`).toSorted()).toEqual(
      ['a', 'b', 'c'].flatMap((key) => [`${key}.txt as-drawn succeeded`, `${key}.txt ollama succeeded`]),
    )
    await world.closeNow()
    const again = await world.start()
    const kept = again.session.comparisons.latest(FILE)
    expect([kept?.state.status, kept?.cells.length, kept?.variants.length]).toEqual(['done', 6, 2])
    expect(again.session.comparisons.latest('chains/other.chain.yaml')).toBeNull()
  })

  it('says before what it will ask for, and pays once for what is the same', async () => {
    const world = await open()
    const { comparisons } = world.session
    expect(await comparisons.preview(request())).toMatchObject({ ok: true, value: { calls: 12, remembered: 0 } })
    comparisons.start(request())
    await world.end()
    const asked = world.provider.answered.length
    expect(await comparisons.preview(request())).toMatchObject({ ok: true, value: { calls: 0, remembered: 12 } })
    world.forget()
    comparisons.start(request())
    const cells = await world.end()
    expect(cells.every(({ remembered }) => remembered)).toBe(true)
    expect(world.provider.answered.length).toBe(asked)
  })

  it('goes on where one variant fails, and tries that one again', async () => {
    let isDown = true
    const world = await open({}, ({ protocol, prompt }) =>
      isDown && protocol === 'ollama' ? { status: 400, error: 'no such thing' } : { text: prompt },
    )
    const { comparisons } = world.session
    const started = comparisons.start(request())
    const cells = await world.end()
    const byVariant = (variant: string) => cells.filter((cell) => cell.variant === variant)
    expect(byVariant('as-drawn').every(({ status }) => status === 'succeeded')).toBe(true)
    expect(byVariant('ollama').map(({ error }) => error?.kind)).toEqual(['provider', 'provider', 'provider'])
    isDown = false
    world.forget()
    const comparison = started.ok ? started.value.comparison : ''
    expect(comparisons.retry(FILE, { comparison, variant: 'as-drawn' })).toMatchObject({ ok: false })
    expect(comparisons.retry(FILE, { comparison, variant: 'ollama' })).toEqual({ ok: true, value: null })
    await world.end()
    const kept = comparisons.latest(FILE)
    expect(kept?.cells.map(({ status }) => status)).toEqual(Array(6).fill('succeeded'))
  })

  it('says what a variant stands still for', async () => {
    const world = await open({}, ({ protocol, prompt }) => (protocol === 'ollama' ? { status: 401 } : { text: prompt }))
    world.session.comparisons.start(request())
    const cells = await world.end()
    const errors = cells.flatMap(({ error }) => (error === null ? [] : [error]))
    expect(errors.map(({ kind }) => kind)).toEqual(['auth', 'auth', 'auth'])
    expect(errors[0]?.message).not.toBe('')
  })

  it('fails the cells of an item that cannot be read, and no others', async () => {
    const world = await open({ 'inputs/d.txt': '' })
    const { comparisons } = world.session
    const items = request().items.slice(0, 1)
    const unreadable = { index: 3, key: 'd.txt', reason: 'chosen', bytes: 0 } as const
    expect(await comparisons.preview(request({ items: [...items, unreadable] }))).toMatchObject({ value: { calls: 4 } })
    comparisons.start(request({ items: [...items, unreadable] }))
    const cells = await world.end()
    expect(cells.map(({ item, error }) => [item.key, error?.kind ?? null]).toSorted()).toEqual([
      ['a.txt', null],
      ['a.txt', null],
      ['d.txt', 'source'],
      ['d.txt', 'source'],
    ])
  })

  it('stops where it is told to, and keeps what was answered', async () => {
    const world = await open({}, ({ prompt }) => ({ text: prompt, delayMs: /\bc\b/.test(prompt) ? 60_000 : 0 }))
    const { comparisons } = world.session
    const started = comparisons.start(request())
    await expect
      .poll(() => comparisons.latest(FILE)?.cells.filter(({ status }) => status === 'succeeded').length)
      .toBe(4)
    expect(comparisons.stop(started.ok ? started.value.comparison : '')).toEqual({ ok: true, value: null })
    await world.end()
    await expect.poll(() => comparisons.stop(started.ok ? started.value.comparison : '').ok).toBe(false)
    expect(comparisons.latest(FILE)).toMatchObject({ state: { status: 'stopped' }, cells: { length: 4 } })
  })

  it('compares one stage only, by the answers of that stage', async () => {
    const world = await open()
    world.session.comparisons.start(request({ stage: 'first' }))
    const cells = await world.end()
    expect(cells.filter(({ item }) => item.key === 'a.txt').map(({ output }) => output)).toEqual(['first a', 'first a'])
    expect(world.provider.answered.length).toBe(6)
  })

  it('is refused where two variants have one name, and says why it could not be done at all', async () => {
    const world = await open()
    const { comparisons } = world.session
    expect(comparisons.start(request({ variants: [{ name: 'x' }, { name: 'x', tier: 'ollama' }] }))).toMatchObject({
      ok: false,
      error: { message: 'Two variants are called x: give one another name.' },
    })
    comparisons.start(request({ items: [{ index: 9, key: 'gone.txt', reason: 'chosen', bytes: null }] }))
    await world.end()
    expect(comparisons.latest(FILE)?.state).toEqual({
      status: 'failed',
      message: 'The source has no item gone.txt any more.',
    })
  })
})
