import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import type { LaunchOptions } from '../shared/run.ts'
import type { RunChange } from '../shared/runChange.ts'
import type { App } from './index.ts'
import { called } from './testing/called.ts'
import { endOf, nextEnd, nextEndOf, progressOf, runToEnd } from './testing/followRun.ts'
import type { ProviderAnswer, ProviderCall } from './testing/provider.ts'
import { RunWorlds, type World } from './testing/runWorld.ts'

const worlds = new RunWorlds()
afterEach(() => worlds.close())

/** 10 tokens in at $1 a million and 5 out at $2. */
const CALL_MICROS = 20

const numbers = (...all: number[]) => all.map((n) => `{"n":${n}}\n`).join('')
const upTo = (count: number) => Array.from({ length: count }, (_, n) => n)

/** A chain over items.jsonl; `stages` as YAML, two spaces in. */
function aChain(stages: string): string {
  return `jacquard: 1\nsource: { jsonl: items.jsonl }\nstages:\n${stages}sink: { jsonl: out.jsonl }\n`
}
const model = (id: string, prompt: string, keys = '') =>
  `  ${id}: { kind: model, tier: openai, prompt: "${prompt}", retry: { attempts: 1 }${keys} }\n`

const ASK = aChain(model('ask', 'ask {{ item.n }}'))
const TWO = aChain(model('first', 'first {{ item.n }}') + model('second', 'second {{ first }}'))

interface Previewing extends World {
  readonly app: App
  launch(text: string, options?: LaunchOptions): ReturnType<typeof previewOf>
  change(run: string, change: RunChange): ReturnType<typeof previewOf>
}

async function aWorld(items: string, answer?: (call: ProviderCall) => ProviderAnswer): Promise<Previewing> {
  const world = await worlds.world({ 'items.jsonl': items }, answer)
  const app = await worlds.app(world.workspace)
  return {
    ...world,
    app,
    launch: (text, options = {}) => previewOf(app, { kind: 'launch', text, options }),
    change: (run, change) => previewOf(app, { kind: 'change', run, change }),
  }
}

function previewOf(app: App, what: Parameters<typeof called<'runs.preview'>>[2]['what']) {
  return called(app, 'runs.preview', { what })
}

describe('a preview of a launch', () => {
  it('counts what is new, what memory has, and half of each, without a call', async () => {
    const { app, launch, provider, workspace } = await aWorld(numbers(...upTo(6)))
    expect(await launch(ASK)).toMatchObject({ items: 6, calls: 6, remembered: 0, savedMicros: 0, isExact: true })
    expect(provider.calls).toHaveLength(0)
    await runToEnd(app, ASK)
    const known = { calls: 0, remembered: 6, costMicros: 0, savedMicros: 6 * CALL_MICROS }
    expect(await launch(ASK)).toEqual({ ...known, items: 6, isExact: true, isPricePartial: false, simulated: false })
    await workspace.write('items.jsonl', numbers(3, 4, 5, 6, 7, 8))
    const half = await launch(ASK)
    expect(half).toMatchObject({ items: 6, calls: 3, remembered: 3, savedMicros: 3 * CALL_MICROS, isExact: true })
    expect(await launch(ASK, { memory: false })).toMatchObject({ calls: 6, remembered: 0, savedMicros: 0 })
    expect(await launch(ASK, { limit: 2 })).toMatchObject({ items: 2, calls: 0, remembered: 2 })
    expect(provider.calls).toHaveLength(6)
  })

  it('prices calls by what such answers came to lately', async () => {
    const { app, launch } = await aWorld(numbers(0), () => ({ text: 'x', usage: { input: 10, output: 400 } }))
    await runToEnd(app, ASK)
    const other = await launch(aChain(model('ask', 'another {{ item.n }}')))
    // 400 tokens out at $2 a million, and a handful in.
    expect(other.costMicros).toBeGreaterThanOrEqual(800)
    expect(other.costMicros).toBeLessThan(830)
  })

  it('counts items with the same question once, as they are asked; without memory each', async () => {
    const { app, launch, provider } = await aWorld(numbers(1, 1, 2, 1))
    expect(await launch(ASK)).toMatchObject({ items: 4, calls: 2, remembered: 2, savedMicros: 0, isExact: true })
    expect(await launch(ASK, { memory: false })).toMatchObject({ calls: 4, remembered: 0, isExact: true })
    await runToEnd(app, ASK)
    expect(provider.calls).toHaveLength(2)
  })

  it('leaves out what its `when` keeps from running, and items that cannot be read', async () => {
    const { launch } = await aWorld(`${numbers(...upTo(5))}no json\n`)
    const chain = aChain(model('ask', 'ask {{ item.n }}', ', when: "{{ item.n > 2 }}"'))
    expect(await launch(chain)).toMatchObject({ items: 6, calls: 2, isExact: true })
  })

  it('counts the elements of maps, nested ones and those in a used chain too', async () => {
    const { app, launch, provider, workspace } = await aWorld(numbers(1, 2, 3))
    await workspace.write('used.chain.yaml', `jacquard: 1\nname: Used\nstages:\n${model('inner', 'inner {{ item }}')}`)
    const chain = aChain(`  rows:
    kind: map
    over: "{{ [1..item.n] }}"
    as: row
    stages:
      columns:
        kind: map
        over: "{{ [1..2] }}"
        as: column
        stages:
          ask: { kind: model, tier: openai, prompt: "{{ item.n }} {{ row }} {{ column }}" }
  used: { kind: chain, file: used.chain.yaml, item: "{{ item.n }}" }
`)
    expect(await launch(chain)).toMatchObject({ items: 3, calls: (1 + 2 + 3) * 2 + 3, isExact: true })
    await runToEnd(app, chain)
    expect(provider.calls).toHaveLength(15)
    expect(await launch(chain)).toMatchObject({ calls: 0, remembered: 15, isExact: true })
  })

  it('takes stages that build on answers not there yet to ask once, and says that it is not exact', async () => {
    const { app, launch } = await aWorld(numbers(...upTo(4)))
    expect(await launch(TWO)).toMatchObject({ calls: 8, remembered: 0, isExact: false })
    await runToEnd(app, aChain(model('first', 'first {{ item.n }}')))
    expect(await launch(TWO)).toMatchObject({ calls: 4, remembered: 4, isExact: true })
  })

  it('counts a question over its limit of tokens as no call where it fails, and is not exact where it is split', async () => {
    const { app, launch, provider } = await aWorld(numbers(0))
    const long = (keys: string) => aChain(model('ask', "ask {{ $join([1..400].('word ' & $)) }}", `, ${keys}`))
    const failing = long('maxInputTokens: 100')
    expect(await launch(failing)).toMatchObject({ calls: 0, isExact: true })
    await runToEnd(app, failing)
    expect(provider.calls).toHaveLength(0)
    expect(await launch(long('maxInputTokens: 100, tooLong: split'))).toMatchObject({ calls: 1, isExact: false })
  })

  it('counts shared calls by their size', async () => {
    const { launch } = await aWorld(numbers(...upTo(11)))
    const packed = aChain(model('ask', 'ask {{ item.n }}', ', pack: { size: 4 }'))
    expect(await launch(packed)).toMatchObject({ items: 11, calls: 3 })
  })

  it('counts groups where they have a size, and is not exact', async () => {
    const { launch } = await aWorld(numbers(...upTo(10)))
    const gather = '  four: { kind: gather, size: 4 }\n'
    const chain = aChain(model('ask', 'ask {{ item.n }}') + gather + model('sum', 'sum {{ items }}'))
    expect(await launch(chain)).toMatchObject({ items: 10, calls: 10 + 3, isExact: false })
  })

  it('says that a price is not known, and where only a part of it is', async () => {
    const { provider, workspace } = await worlds.world({ 'items.jsonl': numbers(0, 1) })
    const tier = `backend: openai-compatible, baseUrl: "${provider.origin}/v1"`
    await workspace.write(
      'jacquard.yaml',
      `tiers:\n  openai: { ${tier}, model: nobody-knows }\n  paid: { ${tier}, model: p, price: { input: 1, output: 2 } }\n`,
    )
    const app = await worlds.app(workspace)
    const preview = (text: string) => previewOf(app, { kind: 'launch', text, options: {} })
    expect(await preview(ASK)).toMatchObject({ calls: 2, costMicros: null, isPricePartial: true })
    const paid = '  more: { kind: model, tier: paid, prompt: "more {{ item.n }}" }\n'
    const mixed = await preview(aChain(model('ask', 'ask {{ item.n }}') + paid))
    expect(mixed).toMatchObject({ calls: 4, isPricePartial: true })
    expect(mixed.costMicros).toBeGreaterThan(0)
  })

  it('says that only play money is at stake', async () => {
    const { workspace } = await worlds.world({ 'items.jsonl': numbers(0, 1) })
    await workspace.write('jacquard.yaml', '')
    const app = await worlds.app(workspace)
    const text = ASK.replace('openai', 'standard')
    expect(await previewOf(app, { kind: 'launch', text, options: {} })).toMatchObject({ calls: 2, simulated: true })
  })

  it('is refused where the launch would be', async () => {
    const { app } = await aWorld(numbers(0))
    const refusal = async (text: string) => {
      const reply = await app.call('runs.preview', { what: { kind: 'launch', text, options: {} } })
      return reply.ok ? null : reply.error.kind
    }
    expect(await refusal('jacquard: 1\nstages: {}\nwrong: 1\n')).toBe('invalid')
    expect(await refusal(ASK.replace('source: { jsonl: items.jsonl }\n', ''))).toBe('invalid')
    expect(await refusal(ASK.replace('items.jsonl', 'gone.jsonl'))).toBe('files')
  })
})

describe('a preview', () => {
  it('of a test knows what was asked for this item', async () => {
    const { app } = await aWorld('')
    const item = { value: { n: 5 } }
    const preview = () => previewOf(app, { kind: 'test', text: TWO, item, options: {} })
    expect(await preview()).toMatchObject({ items: 1, calls: 2, remembered: 0, isExact: false })
    const ended = nextEnd(app)
    await called(app, 'runs.test', { text: TWO, file: null, item })
    await ended
    expect(await preview()).toMatchObject({ items: 1, calls: 0, remembered: 2, isExact: true })
  })

  it('of a resumption says what is left to be asked, and that is asked', async () => {
    const { app, provider } = await aWorld(numbers(...upTo(30)), ({ prompt }) => ({ text: prompt, delayMs: 5 }))
    for (const memory of [true, false]) {
      const text = memory ? TWO : TWO.replaceAll('{{ item', 'again {{ item')
      const { run } = await called(app, 'runs.launch', { text, file: null, options: { concurrency: 3, memory } })
      await progressOf(app, run, ({ summary }) => summary.counts.succeeded >= 5)
      const paused = nextEndOf(app, run)
      await called(app, 'runs.pause', { run })
      const { counts } = await paused
      const preview = await previewOf(app, { kind: 'resume', run })
      // Of other runs nothing is saved here: what is known, this run has paid for.
      expect(preview).toMatchObject({ items: counts.waiting, isExact: false, savedMicros: 0 })
      const before = provider.calls.length
      const end = nextEndOf(app, run)
      await called(app, 'runs.resume', { run })
      await end
      expect(provider.calls.length - before).toBe(preview.calls)
    }
  })

  it('of a change counts what it is for: failed items, those of a cause, or all', async () => {
    const { app, change, launch } = await aWorld(numbers(...upTo(9)), ({ prompt }) =>
      prompt === 'second first 3' || prompt === 'second first 4'
        ? { status: 400 }
        : prompt === 'second first 5'
          ? { text: '', stop: 'refusal' }
          : { text: prompt },
    )
    const { run } = await runToEnd(app, TWO)
    const text = TWO.replace('second {{', 'other {{')
    expect(await change(run, { scope: { kind: 'rest' }, text })).toMatchObject({ items: 0, calls: 0 })
    const failed = await change(run, { scope: { kind: 'failed' }, text })
    expect(failed).toMatchObject({ items: 3, calls: 3, remembered: 3, savedMicros: 0, isExact: true })
    expect(await change(run, { scope: { kind: 'failed' } })).toMatchObject({ items: 3, calls: 3 })
    const [largest] = await called(app, 'runs.failures', { run })
    const scope = { kind: 'items' as const, lane: 0, causes: [largest?.cause ?? ''] }
    expect(await change(run, { scope, text })).toMatchObject({ items: 2, calls: 2, remembered: 2, isExact: true })
    expect(await change(run, { scope: { kind: 'all' }, text })).toMatchObject({ items: 9, calls: 9, remembered: 9 })
    expect(await change(run, { scope: { kind: 'all' } })).toMatchObject({ items: 9, calls: 3, remembered: 15 })
    // Nothing of it has been done.
    expect(await called(app, 'runs.revisions', { run })).toHaveLength(1)
    expect(await launch(text)).toMatchObject({ calls: 9, remembered: 9, isExact: true })
  })

  it('of a retry takes items with a fix of their own by that', async () => {
    const { app, change } = await aWorld(numbers(1, 2, 3), ({ prompt, model: named }) =>
      prompt === 'ask 2' && named !== 'm-third' ? { status: 400 } : { text: prompt },
    )
    const { run } = await runToEnd(app, ASK)
    const scope = { kind: 'items' as const, lane: 0, indexes: [1] }
    await called(app, 'runs.change', { run, change: { scope, stages: { ask: { model: 'm-better' } } } })
    await endOf(app, run)
    const answered = endOf(app, (await called(app, 'runs.launch', otherLaunch())).run)
    await answered
    // `m-third` has answered it; `m-better`, by which it would run again, has not.
    expect(await change(run, { scope: { kind: 'failed' } })).toMatchObject({ items: 1, calls: 1, remembered: 0 })
    const third = await change(run, { scope, stages: { ask: { model: 'm-third' } } })
    expect(third).toMatchObject({ items: 1, calls: 0, remembered: 1 })
  })

  it('of groups that failed counts them', async () => {
    const gather = '  four: { kind: gather, size: 4 }\n'
    const chain = aChain(model('ask', 'ask {{ item.n }}') + gather + model('sum', 'sum {{ $string(items[0].item.n) }}'))
    let isBad = true
    const { app, change, provider } = await aWorld(numbers(...upTo(8)), ({ prompt }) =>
      isBad && prompt === 'sum 4' ? { status: 400 } : { text: prompt },
    )
    const { run } = await runToEnd(app, chain)
    isBad = false
    expect(await change(run, { scope: { kind: 'failed' } })).toMatchObject({ items: 0, calls: 1, isExact: false })
    const before = provider.calls.length
    await called(app, 'runs.change', { run, change: { scope: { kind: 'failed' } } })
    await endOf(app, run)
    expect(provider.calls.length - before).toBe(1)
  })

  it('is refused where the change would be', async () => {
    const { app } = await aWorld(numbers(0))
    const { run } = await runToEnd(app, ASK)
    const what = { kind: 'change' as const, run, change: { scope: { kind: 'all' as const }, text: TWO } }
    expect(await app.call('runs.preview', { what })).toMatchObject({ ok: false, error: { kind: 'not_possible' } })
  })

  it('counts exactly the calls that are then made, for chains of any shape that it calls exact', async () => {
    const stage = fc.record({
      of: fc.constantFrom('item.n', 'item.n % 2', '7'),
      when: fc.option(fc.integer({ min: 0, max: 6 }), { nil: null }),
      isMap: fc.boolean(),
      buildsOn: fc.boolean(),
    })
    const { app, launch, provider, workspace } = await aWorld('')
    let round = 0
    const counted = { exact: 0, guessed: 0 }
    await fc.assert(
      fc.asyncProperty(
        fc.array(stage, { minLength: 1, maxLength: 3 }),
        fc.array(fc.integer({ min: 0, max: 6 }), { maxLength: 8 }),
        fc.boolean(),
        async (stages, items, memory) => {
          // Every third round meets what the one before has asked.
          const world = Math.floor(round++ / 3)
          await workspace.write('items.jsonl', numbers(...items))
          const text = aChain(
            stages
              .map(({ of, when, isMap, buildsOn }, at) => {
                const last = buildsOn && at > 0 ? `{{ $string(s${at - 1}) }}` : ''
                const keys = when === null ? '' : `, when: "{{ item.n > ${when} }}"`
                const prompt = `w${world} s${at} {{ ${of} }}${last}`
                if (!isMap) return model(`s${at}`, prompt, keys)
                const inner = model(`ask${at}`, `${prompt} {{ e }}`).trim()
                return `  s${at}: { kind: map, over: "{{ [1..2] }}", as: e${keys}, stages: { ${inner} } }\n`
              })
              .join(''),
          )
          const preview = await launch(text, { memory })
          const before = provider.calls.length
          const { remembered, savedMicros } = await runToEnd(app, text, { memory })
          const made = provider.calls.length - before
          if (preview.isExact) {
            counted.exact++
            expect([preview.calls, preview.remembered]).toEqual([made, remembered])
            expect(preview.savedMicros).toBe(savedMicros)
          } else {
            counted.guessed++
            // How many elements a map will have is known when what it builds on is.
            if (!stages.some(({ isMap }) => isMap)) expect(preview.calls).toBeGreaterThanOrEqual(made)
          }
        },
      ),
      { numRuns: 30, seed: 4 },
    )
    expect(Math.min(counted.exact, counted.guessed)).toBeGreaterThan(5)
  }, 60_000)
})

/** The same items, asked of another model by another run. */
function otherLaunch() {
  return { text: ASK, file: null, options: { stages: { ask: { model: 'm-third' } }, output: null } }
}
