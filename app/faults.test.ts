import { afterEach, expect, it } from 'vitest'
import { runToEnd } from './testing/followRun.ts'
import type { ProviderAnswer } from './testing/provider.ts'
import { RunWorlds } from './testing/runWorld.ts'

// Not against aimock: its faults are drawn by a chance that cannot be seeded.

const ITEMS = 500
/** All tries as they are by default; only the waits between them are shorter, so that a test does not take a minute. */
const chainFor = (tier: string) => `jacquard: 1
source: { jsonl: items.jsonl }
stages:
  count:
    kind: model
    tier: ${tier}
    prompt: "How many live in town {{ item.n }}?"
    output: { type: object, required: [town, people], properties: { town: { type: string }, people: { type: integer } } }
    retry: { backoff: 0.02 }
sink: { jsonl: out.jsonl }
`

const worlds = new RunWorlds()
afterEach(() => worlds.close())

it.each([
  ['openai', 1],
  ['anthropic', 2],
  ['ollama', 3],
])(
  'a run of 500 through a bad day at %s ends with 500 successes in at most 800 calls, and asks for nothing a second time',
  async (tier, seed) => {
    const random = randomFrom(seed)
    const told = { limited: 0, broken: 0, reset: 0, invalid: 0 }
    const items = Array.from({ length: ITEMS }, (_, n) => `{"n":${n}}\n`).join('')
    const { provider, workspace } = await worlds.world({ 'items.jsonl': items }, ({ body }) => {
      const chance = random()
      if (chance < 0.1) return limited(told.limited++)
      if (chance < 0.15) return { status: 500, error: `Trouble ${told.broken++}` }
      if (chance < 0.18) return { text: '{}', cut: told.reset++ % 2 === 0 ? 'before' : 'within' }
      if (chance < 0.23) return invalid(told.invalid++)
      // Of a repair turn the question stands further up.
      const town = /live in town (\d+)/.exec(JSON.stringify(body))?.[1]
      return { text: JSON.stringify({ town: `T${town}`, people: Number(town) }), delayMs: 5 }
    })
    const app = await worlds.app(workspace)
    const summary = await runToEnd(app, chainFor(tier), { concurrency: 32 })
    expect(summary).toMatchObject({
      state: { status: 'completed' },
      items: ITEMS,
      counts: { succeeded: ITEMS, failed: 0, skipped: 0, waiting: 0 },
      unaccounted: 0,
    })
    expect(provider.calls.length).toBeLessThanOrEqual(800)
    expect(summary.calls).toBe(provider.calls.length)
    // It was a bad day.
    expect(told.limited).toBeGreaterThan(40)
    for (const count of [told.broken, told.reset, told.invalid]) expect(count).toBeGreaterThan(9)
    const lines = await workspace.lines('out.jsonl')
    expect(lines.map(({ output }) => output)).toEqual(
      Array.from({ length: ITEMS }, (_, n) => ({ count: { town: `T${n}`, people: n } })),
    )

    const calls = provider.calls.length
    const again = await runToEnd(app, chainFor(tier), { concurrency: 32 })
    expect(again).toMatchObject({ state: { status: 'completed' }, counts: { succeeded: ITEMS }, calls: 0 })
    expect(provider.calls.length).toBe(calls)
  },
  30_000,
)

function limited(count: number): ProviderAnswer {
  return count % 2 === 0 ? { status: 429, headers: { 'retry-after': '0.05' } } : { status: 429 }
}

/** What cannot be read as the answer that was asked for, however kindly. */
function invalid(count: number): ProviderAnswer {
  const texts = ['{"town": "T', 'I do not know.', '{"town": 1, "people": "many"}', '[1, 2', '']
  return { text: texts[count % texts.length] ?? '' }
}

/** Mulberry32: the same day each time. */
function randomFrom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
