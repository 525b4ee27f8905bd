import { afterEach, describe, expect, it } from 'vitest'
import type { RunSummary } from '../shared/run.ts'
import type { ResultLine } from '../shared/trace.ts'
import { runToEnd } from './testing/followRun.ts'
import { RunWorlds } from './testing/runWorld.ts'

const worlds = new RunWorlds()
afterEach(() => worlds.close())

const rows = (values: readonly object[]) => values.map((value) => `${JSON.stringify(value)}\n`).join('')
const numbers = (count: number) => rows(Array.from({ length: count }, (_, n) => ({ n })))

/** Runs a chain over `items.jsonl` and gives its summary and lines. */
async function run(
  items: string,
  chain: string,
  files: Record<string, string> = {},
): Promise<{ summary: RunSummary; lines: readonly ResultLine[] }> {
  const { workspace } = await worlds.world({ 'items.jsonl': items, ...files })
  const app = await worlds.app(workspace)
  const source = chain.includes('source:') ? '' : 'source: { jsonl: items.jsonl }\n'
  const summary = await runToEnd(app, `jacquard: 1\n${source}${chain}\nsink: { jsonl: out.jsonl }\n`)
  return { summary, lines: await workspace.lines('out.jsonl') }
}

const BY_THREE = `stages:
  double: { kind: transform, value: "{{ item.n * 2 }}" }
  batch: { kind: gather, size: 3, after: [double], value: "{{ double }}" }
  total: { kind: transform, value: { sum: "{{ $sum(items) }}", group: "{{ group }}" } }
output: "{{ total }}"`

describe('a gather', () => {
  it('makes one item of every three, in input order, and one of the rest at the end', async () => {
    const { summary, lines } = await run(numbers(7), BY_THREE)
    expect(lines.map(({ output }) => output)).toEqual([
      { sum: 6, group: { key: null, index: 0, reason: 'size', size: 3, parts: null } },
      { sum: 24, group: { key: null, index: 1, reason: 'size', size: 3, parts: null } },
      { sum: 12, group: { key: null, index: 2, reason: 'end', size: 1, parts: null } },
    ])
    expect(lines.map(({ index, lane, members }) => [index, lane, members])).toEqual([
      [0, 1, [0, 1, 2]],
      [1, 1, [3, 4, 5]],
      [2, 1, [6]],
    ])
    expect(summary).toMatchObject({
      state: { status: 'completed' },
      items: 7,
      counts: { succeeded: 7, failed: 0, waiting: 0, running: 0 },
      lanes: [
        {
          begins: null,
          items: 7,
          counts: { succeeded: 7 },
          gather: { gather: 'batch', groups: { size: 2, within: 0, end: 1 }, members: 7, waiting: 0, size: 3 },
        },
        { begins: 'batch', items: 3, counts: { succeeded: 3 }, gather: null },
      ],
    })
    expect(summary.stages.map(({ id, lane }) => [id, lane])).toEqual([
      ['double', 0],
      ['batch', 0],
      ['total', 1],
    ])
  })

  it('keeps keys apart and gives each group its key', async () => {
    const items = rows(['x', 'y', 'x', 'z', 'y', 'x'].map((team, n) => ({ team, n })))
    const { lines } = await run(
      items,
      `stages:
  teams: { kind: gather, key: item.team, value: "{{ item.n }}" }
output: { team: "{{ group.key }}", items: "{{ items }}", same: "{{ teams.items = items }}" }`,
    )
    expect(lines.map(({ key, output }) => [key, output])).toEqual([
      ['x', { team: 'x', items: [0, 2, 5], same: true }],
      ['y', { team: 'y', items: [1, 4], same: true }],
      ['z', { team: 'z', items: [3], same: true }],
    ])
  })

  it('leaves out what `where` is not true of, and fails what it cannot say of', async () => {
    const items = rows([{ amount: 500 }, { amount: 1500 }, { amount: 2000 }, { total: 1 }])
    const { summary, lines } = await run(
      items,
      `stages:
  large: { kind: gather, where: item.amount > 1000, size: 2 }
output: "{{ items.item.amount }}"`,
    )
    expect(lines.map(({ lane, index, status, output, error }) => [lane, index, status, output, error?.stage])).toEqual([
      [1, 0, 'succeeded', [1500, 2000], undefined],
      [0, 0, 'skipped', null, undefined],
      [0, 3, 'failed', null, 'large'],
    ])
    expect(lines[2]?.error?.message).toContain('`item.amount > 1000` in stages.large.where cannot be told')
    expect(lines[1]?.stages.large).toEqual({ status: 'skipped', reason: 'filtered' })
    expect(summary.counts).toMatchObject({ succeeded: 2, skipped: 1, failed: 1, waiting: 0 })
    expect(summary.lanes[0]?.gather).toMatchObject({ filtered: 1, members: 2, waiting: 0 })
  })

  it('brings along the item and what its stages gave where it is not told what', async () => {
    const { lines } = await run(
      numbers(2),
      `stages:
  double: { kind: transform, value: "{{ item.n * 2 }}" }
  all: { kind: gather, after: [double] }
output: "{{ items }}"`,
    )
    expect(lines[0]?.output).toEqual([
      { item: { n: 0 }, double: 0 },
      { item: { n: 1 }, double: 2 },
    ])
  })

  it('takes in no item that has failed before', async () => {
    const { summary, lines } = await run(
      rows([{ n: 0 }, { m: 1 }, { n: 2 }]),
      `stages:
  text: { kind: transform, value: "n is {{ item.n }}" }
  all: { kind: gather, after: [text], value: "{{ text }}" }
output: "{{ items }}"`,
    )
    expect(lines.map(({ status, output }) => [status, output])).toEqual([
      ['succeeded', ['n is 0', 'n is 2']],
      ['failed', null],
    ])
    expect(lines[1]?.stages.all?.status).toBe('skipped')
    expect(summary.counts).toMatchObject({ succeeded: 2, failed: 1 })
  })

  it('keeps input order whatever order items are done in', async () => {
    const { workspace, provider } = await worlds.world({ 'items.jsonl': numbers(40) }, ({ prompt }) => ({
      text: prompt,
      delayMs: (Number(prompt) * 7) % 23,
    }))
    const app = await worlds.app(workspace)
    await runToEnd(
      app,
      `jacquard: 1
source: { jsonl: items.jsonl }
stages:
  ask: { kind: model, tier: openai, prompt: "{{ item.n }}" }
  tens: { kind: gather, size: 10, after: [ask], value: "{{ $number(ask) }}" }
  check: { kind: model, tier: openai, prompt: "{{ items[0] }}" }
output: { items: "{{ items }}", first: "{{ check }}" }
sink: { jsonl: out.jsonl }
`,
      { concurrency: 6 },
    )
    expect(provider.mostOpen).toBe(6)
    const lines = await workspace.lines('out.jsonl')
    expect(lines.map(({ output }) => output)).toEqual(
      [0, 10, 20, 30].map((start) => ({
        items: Array.from({ length: 10 }, (_, offset) => start + offset),
        first: String(start),
      })),
    )
  })

  it('may follow another, and an item shares the fate of the group of its group', async () => {
    const { summary, lines } = await run(
      numbers(10),
      `stages:
  pairs: { kind: gather, size: 2, value: "{{ item.n }}" }
  sum: { kind: transform, value: "{{ $sum(pairs.items) }}" }
  twos: { kind: gather, size: 2, after: [sum], value: "{{ sum }}" }
  fail: { kind: transform, value: "{{ twos.index = 1 ? $error('no') : twos.items }}" }
output: "{{ fail }}"`,
    )
    expect(lines.map(({ lane, members, status, output }) => [lane, members, status, output])).toEqual([
      [2, [0, 1, 2, 3], 'succeeded', [1, 5]],
      [2, [4, 5, 6, 7], 'failed', null],
      [2, [8, 9], 'succeeded', [17]],
    ])
    expect(summary.counts).toMatchObject({ succeeded: 6, failed: 4 })
    expect(summary.lanes.map(({ items }) => items)).toEqual([10, 5, 3])
  })

  it('may be followed by a map over its items', async () => {
    const { lines } = await run(
      numbers(5),
      `stages:
  batch: { kind: gather, size: 3, value: "{{ item.n }}" }
  each:
    kind: map
    over: "{{ items }}"
    as: n
    stages: { square: { kind: transform, value: "{{ n * n }}" } }
    output: "{{ square }}"
output: "{{ each }}"`,
    )
    expect(lines.map(({ output }) => output)).toEqual([
      [0, 1, 4],
      [9, 16],
    ])
  })

  it('of nothing at all ends with nothing', async () => {
    const { workspace } = await worlds.world({ 'items.jsonl': '' })
    const app = await worlds.app(workspace)
    const summary = await runToEnd(app, `jacquard: 1\nsource: { jsonl: items.jsonl }\n${BY_THREE}\n`)
    expect(summary).toMatchObject({ state: { status: 'completed' }, items: 0, lanes: [{ items: 0 }, { items: 0 }] })
  })

  it('correlates items of two sources, and lists what found no partner', async () => {
    const orders = rows([
      { customer: 1, what: 'tea' },
      { customer: 2, what: 'jam' },
      { customer: 9, what: 'ink' },
    ])
    const customers = rows([
      { id: 2, name: 'Bo' },
      { id: 1, name: 'Al' },
    ])
    const { summary, lines } = await run(
      '',
      `source: { orders: { jsonl: orders.jsonl }, customers: { jsonl: customers.jsonl } }
stages:
  joined:
    kind: gather
    value: "{{ item }}"
    correlate: { by: { orders: item.customer, customers: item.id }, of: [orders, customers] }
output: { who: "{{ group.parts.customers.name }}", what: "{{ joined.parts.orders.what }}", key: "{{ group.key }}" }`,
      { 'orders.jsonl': orders, 'customers.jsonl': customers },
    )
    expect(lines.map(({ lane, status, members, output }) => [lane, status, members, output])).toEqual([
      [1, 'succeeded', [2, 1], { who: 'Bo', what: 'jam', key: 2 }],
      [1, 'succeeded', [0, 3], { who: 'Al', what: 'tea', key: 1 }],
      [0, 'skipped', undefined, null],
    ])
    expect(lines[2]?.stages.joined).toEqual({ status: 'skipped', reason: 'unmatched' })
    expect(summary.counts).toMatchObject({ succeeded: 4, skipped: 1, waiting: 0 })
    expect(summary.lanes[0]?.gather).toMatchObject({ unmatched: 1, members: 4, waiting: 0 })
  })

  it('counts wholes as entries where a size is set', async () => {
    const side = (name: string) => rows(Array.from({ length: 5 }, (_, at) => ({ at, [name]: at * 10 })))
    const { lines } = await run(
      '',
      `source: { temps: { jsonl: temps.jsonl }, pressures: { jsonl: pressures.jsonl } }
stages:
  pairs: { kind: gather, size: 5, correlate: { by: item.at, of: [temps, pressures] }, value: "{{ item }}" }
output: "{{ items }}"`,
      { 'temps.jsonl': side('temp'), 'pressures.jsonl': side('pressure') },
    )
    expect(lines.length).toBe(1)
    expect(lines[0]?.members?.length).toBe(10)
    expect(lines[0]?.output).toEqual(
      Array.from({ length: 5 }, (_, at) => ({
        key: at,
        parts: { temps: { at, temp: at * 10 }, pressures: { at, pressure: at * 10 } },
      })),
    )
  })

  it('writes a table with lane and members', async () => {
    const { workspace } = await worlds.world({ 'items.jsonl': numbers(4) })
    const app = await worlds.app(workspace)
    const chain = `jacquard: 1\nsource: { jsonl: items.jsonl }\n${BY_THREE}\nsink: { csv: out.csv }\n`
    await runToEnd(app, chain.replace('{{ total }}', '{{ total.sum }}'))
    expect(
      (await workspace.read('out.csv'))
        .split('\n')
        .slice(0, 3)
        .map((line) => line.split(',').slice(0, 6).join()),
    ).toEqual(['index,lane,members,key,status,output', '0,1,"[0,1,2]",group 1', '1,1,[3],group 2,succeeded,6'])
  })
})
