import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { Json } from '../shared/json.ts'
import type { ResultLine } from '../shared/trace.ts'
import type { App } from './index.ts'
import { runToEnd } from './testing/followRun.ts'
import { RunWorlds } from './testing/runWorld.ts'
import type { TestWorkspace } from './testing/workspace.ts'

const worlds = new RunWorlds()
let app: App
let workspace: TestWorkspace
beforeAll(async () => {
  ;({ workspace } = await worlds.world({}))
  app = await worlds.app(workspace)
})
afterAll(() => worlds.close())

/** How a lane ends, and whether a map runs in it before. */
interface Lane {
  readonly hasMap: boolean
  readonly size: number | null
  readonly isByKey: boolean
  readonly hasWhere: boolean
}

const lane: fc.Arbitrary<Lane> = fc.record({
  hasMap: fc.boolean(),
  size: fc.option(fc.integer({ min: 1, max: 4 }), { nil: null }),
  isByKey: fc.boolean(),
  hasWhere: fc.boolean(),
})
const chain = fc.record({
  lanes: fc.array(lane, { maxLength: 2 }),
  lastHasMap: fc.boolean(),
  numbers: fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 25 }),
  concurrency: fc.constantFrom(1, 3, 8, 'unbounded' as const),
})

/** A lane's stages: its number, worked out from its item or its group; 13, 26 and 39 fail. */
function stagesOf(index: number, hasMap: boolean, before: string | null): string {
  const list = before === null ? '[item.n]' : `${before}.items`
  const worked = hasMap
    ? `  m${index}:
    kind: map
    over: "{{ ${list} }}"
    as: e${index}
    stages: { s${index}: { kind: transform, value: "{{ e${index} + 1 }}" } }
    output: "{{ s${index} }}"
`
    : ''
  const sum = hasMap ? `$sum(m${index})` : `$sum(${list})`
  return `${worked}  t${index}: { kind: transform, value: "{{ ${sum} > 0 and ${sum} % 13 = 0 ? $error('unlucky') : ${sum} }}" }\n`
}

function chainText({ lanes, lastHasMap }: { lanes: readonly Lane[]; lastHasMap: boolean }, source: string): string {
  const parts = lanes.map(({ hasMap, size, isByKey, hasWhere }, index) => {
    const keys = [
      size === null ? '' : `, size: ${size}`,
      isByKey ? `, key: t${index} % 3` : '',
      hasWhere ? `, where: t${index} % 5 != 2` : '',
    ].join('')
    const gather = `  g${index}: { kind: gather, value: "{{ t${index} }}"${keys} }\n`
    return stagesOf(index, hasMap, index === 0 ? null : `g${index - 1}`) + gather
  })
  const last = lanes.length
  parts.push(stagesOf(last, lastHasMap, last === 0 ? null : `g${last - 1}`))
  return `jacquard: 1\nsource: { jsonl: ${source} }\nstages:\n${parts.join('')}output: "{{ t${last} }}"\nsink: { jsonl: out.jsonl }\n`
}

/** An item or a group: which items of the source it stands for, and what it gives to its lane. */
interface Entry {
  readonly index: number
  readonly sources: readonly number[]
  readonly values: readonly number[]
}
interface Expected {
  readonly lane: number
  readonly index: number
  readonly status: ResultLine['status']
  readonly output: Json
  readonly sources: readonly number[]
}

/** What the chain must give, said as plainly as possible. */
function expected(lanes: readonly Lane[], lastHasMap: boolean, numbers: readonly number[]): readonly Expected[] {
  const left: Expected[] = []
  let entries = numbers.map((n, index): Entry => ({ index, sources: [index], values: [n] }))
  for (const [at, { hasMap, size, isByKey, hasWhere }] of lanes.entries()) {
    const open = new Map<number | null, Entry[]>()
    const groups: Entry[][] = []
    const sums = new Map(entries.map((entry) => [entry, sumOf(entry, hasMap)]))
    for (const entry of entries) {
      const sum = sums.get(entry) ?? null
      const told = { lane: at, index: entry.index, output: null, sources: entry.sources }
      if (sum === null) left.push({ ...told, status: 'failed' })
      else if (hasWhere && sum % 5 === 2) left.push({ ...told, status: 'skipped' })
      else {
        const key = isByKey ? sum % 3 : null
        const group = [...(open.get(key) ?? []), entry]
        open.set(key, group)
        if (size === null || group.length < size) continue
        groups.push(group)
        open.delete(key)
      }
    }
    groups.push(...open.values())
    entries = groups.map((members, index) => ({
      index,
      sources: members.flatMap(({ sources }) => sources),
      values: members.map((member) => sums.get(member) ?? 0),
    }))
  }
  const last = entries.map((entry): Expected => {
    const sum = sumOf(entry, lastHasMap)
    const told = { lane: lanes.length, index: entry.index, sources: entry.sources, output: sum }
    return { ...told, status: sum === null ? 'failed' : 'succeeded' }
  })
  return [...last, ...left]
}

function sumOf({ values }: Entry, hasMap: boolean): number | null {
  const sum = values.reduce((all, value) => all + value, 0) + (hasMap ? values.length : 0)
  return sum > 0 && sum % 13 === 0 ? null : sum
}

it('any chain of lanes over any items keeps order, keeps items apart, and counts each once', async () => {
  let runs = 0
  await fc.assert(
    fc.asyncProperty(chain, async ({ lanes, lastHasMap, numbers, concurrency }) => {
      const source = `items-${runs++}.jsonl`
      await workspace.write(source, numbers.map((n) => `{"n":${n}}\n`).join(''))
      const summary = await runToEnd(app, chainText({ lanes, lastHasMap }, source), { concurrency })
      const text = await workspace.read('out.jsonl')
      const lines = text
        .split('\n')
        .filter((line) => line !== '')
        .map((line) => JSON.parse(line) as ResultLine)
      const whole = expected(lanes, lastHasMap, numbers)
      expect(
        lines.map((line): Expected => {
          const { lane: at = 0, index, status, output, members } = line
          return { lane: at, index, status, output, sources: members ?? [index] }
        }),
      ).toEqual(whole)
      const count = (status: ResultLine['status']) =>
        whole.filter((line) => line.status === status).reduce((sum, { sources }) => sum + sources.length, 0)
      expect(summary).toMatchObject({ state: { status: 'completed' }, items: numbers.length })
      expect(summary.counts).toEqual({
        succeeded: count('succeeded'),
        failed: count('failed'),
        skipped: count('skipped'),
        cancelled: 0,
        running: 0,
        waiting: 0,
      })
    }),
    { numRuns: 30 },
  )
}, 60_000)
