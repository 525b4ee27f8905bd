import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { stringify } from 'yaml'
import type { Json, JsonObject } from '../../../shared/json.ts'
import { answeringCalls, plannedStages, refused, succeeded } from '../../testing/plannedStages.ts'
import { runItem } from './runItem.ts'

interface Level {
  readonly onError: 'fail' | 'skip' | 'collect'
  readonly mode: 'parallel' | 'sequential'
  readonly concurrency: number | 'unbounded'
}

/** A tree of lists of the same depth everywhere; the numbers at its ends are asked for. */
type Tree = number | readonly Tree[]

/** Numbers that it divides fail. */
const POISON = 7

/** Maps in maps, one a level; the innermost asks for its number. */
function stagesFrom(levels: readonly Level[], depth = 0): JsonObject {
  const level = levels[depth]
  if (level === undefined)
    return {
      ask: { kind: 'model', prompt: `{{ e${depth - 1} }}` },
      sum: { kind: 'transform', value: '{{ ask * 2 + map.index + params.plus }}' },
    }
  const { mode, onError, concurrency } = level
  return {
    [`m${depth}`]: {
      kind: 'map',
      over: depth === 0 ? '{{ item }}' : `{{ e${depth - 1} }}`,
      as: `e${depth}`,
      mode,
      onError,
      ...(mode === 'sequential' ? {} : { concurrency }),
      stages: stagesFrom(levels, depth + 1),
      output: depth === levels.length - 1 ? '{{ sum }}' : `{{ m${depth + 1} }}`,
    },
  }
}

type Expected =
  | { readonly ok: true; readonly value: Json }
  | { readonly ok: false; readonly error: { readonly kind: string; readonly message: string; readonly stage: string } }

/** What those maps are to give, said once more in one piece. */
function expectedOf(
  tree: Tree,
  { levels, depth, index }: { levels: readonly Level[]; depth: number; index: number },
): Expected {
  const level = levels[depth]
  if (level === undefined || typeof tree === 'number') {
    const n = Number(tree)
    if (n % POISON === 0) return { ok: false, error: { kind: 'refused', message: `no ${n}`, stage: 'ask' } }
    return { ok: true, value: n * 2 + index + 1000 }
  }
  const values: Json[] = []
  for (const [at, element] of tree.entries()) {
    const result = expectedOf(element, { levels, depth: depth + 1, index: at })
    if (result.ok) values.push(result.value)
    else if (level.onError === 'collect') values.push({ error: result.error })
    else if (level.onError === 'fail') {
      const { kind, message, stage } = result.error
      return {
        ok: false,
        error: { kind, message: `Element ${at + 1}, stage ${stage}: ${message}`, stage: `m${depth}` },
      }
    }
  }
  return { ok: true, value: values }
}

const aLevel = fc.record<Level>({
  onError: fc.constantFrom('fail', 'skip', 'collect'),
  mode: fc.constantFrom('parallel', 'parallel', 'sequential'),
  concurrency: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.constant('unbounded' as const)),
})
const aTree = (depth: number): fc.Arbitrary<Tree> =>
  depth === 0 ? fc.integer({ min: 1, max: 40 }) : fc.array(aTree(depth - 1), { maxLength: 5 })
const aCase = fc
  .array(aLevel, { minLength: 1, maxLength: 4 })
  .chain((levels) => fc.record({ levels: fc.constant(levels), tree: aTree(levels.length), seed: fc.nat() }))

const run = { id: 'r', index: 0, total: 1 }
const scopeOf = (item: Json) => ({ item, params: {}, run })

describe('maps in maps', () => {
  const THREE_DEEP = plannedStages(`stages:
  as:
    kind: map
    over: "{{ item.list }}"
    as: a
    concurrency: 3
    stages:
      bs:
        kind: map
        over: "{{ a.list }}"
        as: b
        stages:
          cs:
            kind: map
            over: "{{ b.list }}"
            as: c
            stages: { ask: { kind: model, prompt: "{{ item.name }}{{ a.name }}{{ b.name }}{{ c }}" } }
            output: "{{ ask }}"
        output: "{{ cs }}"
    output: "{{ bs }}"
output: "{{ as }}"
`)
  const itemNamed = (name: string) => ({
    name,
    list: ['a', 'b', 'c'].map((a) => ({ name: a, list: ['x', 'y'].map((b) => ({ name: b, list: [1, 2, 3] })) })),
  })

  it('keep the order at each of three depths, for two items at once', async () => {
    const calls = answeringCalls(async (prompt) => {
      await new Promise((resolve) => setTimeout(resolve, Math.random() * 5))
      return succeeded(prompt)
    })
    const ends = await Promise.all(['P', 'Q'].map((name) => runItem(THREE_DEEP, scopeOf(itemNamed(name)), calls)))
    for (const [index, name] of ['P', 'Q'].entries())
      expect(ends[index]).toMatchObject({
        output: ['a', 'b', 'c'].map((a) => ['x', 'y'].map((b) => [1, 2, 3].map((c) => `${name}${a}${b}${c}`))),
      })
  })

  it('tell where an error is, depth by depth', async () => {
    const calls = answeringCalls((prompt) => (prompt === 'Pby2' ? refused('no') : succeeded(prompt)))
    expect(await runItem(THREE_DEEP, scopeOf(itemNamed('P')), calls)).toMatchObject({
      error: {
        stage: 'as',
        kind: 'refused',
        message: 'Element 2, stage bs: Element 2, stage cs: Element 2, stage ask: no',
      },
    })
  })

  it('do not wait for each other where only one call may be open at a time', async () => {
    let queue: Promise<unknown> = Promise.resolve()
    const calls = answeringCalls((prompt) => {
      const answer = queue.then(() => succeeded(prompt))
      queue = answer
      return answer
    })
    expect(await runItem(THREE_DEEP, scopeOf(itemNamed('P')), calls)).toMatchObject({ kind: 'done' })
  })

  it('cannot change what they are given: siblings and the item stay as they were', async () => {
    const list = plannedStages(`stages:
  each:
    kind: map
    over: "{{ item.parts }}"
    as: part
    stages:
      changed: { kind: transform, value: "{{ $merge([part, {'inner': $merge([part.inner, {'n': part.inner.n + 1}])}]) }}" }
      sorted: { kind: transform, value: "{{ $sort($append(item.shared.list, part.inner.n)) }}" }
      seen: { kind: transform, after: [changed, sorted], value: "{{ [part.inner.n, item.shared.list] }}" }
    output: { changed: "{{ changed }}", sorted: "{{ sorted }}", seen: "{{ seen }}" }
output: "{{ each }}"
`)
    const shared = { list: [3, 1, 2] }
    const item = { shared, parts: [0, 1, 2, 3, 4].map((n) => ({ inner: { n }, other: shared })) }
    const before = structuredClone(item)
    const end = await runItem(
      list,
      scopeOf(item),
      answeringCalls(() => refused('')),
    )
    expect(item).toEqual(before)
    expect(end).toMatchObject({
      output: [0, 1, 2, 3, 4].map((n) => ({
        changed: { inner: { n: n + 1 } },
        sorted: [3, 1, 2, n].sort(),
        seen: [n, 3, 1, 2],
      })),
    })
  })

  it('give what a plain recursion gives, however deep, bounded and late', async () => {
    await fc.assert(
      fc.asyncProperty(aCase, async ({ levels, tree, seed }) => {
        const list = plannedStages(
          stringify({ params: { plus: 1000 }, stages: stagesFrom(levels), output: '{{ m0 }}' }),
        )
        let latency = seed
        const calls = answeringCalls(async (prompt) => {
          latency = (latency * 1_103_515_245 + 12_345) % 2_147_483_648
          for (let turns = latency % 4; turns > 0; turns--) await new Promise((resolve) => setImmediate(resolve))
          return Number(prompt) % POISON === 0 ? refused(`no ${prompt}`) : succeeded(Number(prompt))
        })
        const end = await runItem(list, { item: tree as Json, params: { plus: 1000 }, run }, calls)
        const expected = expectedOf(tree, { levels, depth: 0, index: 0 })
        expect(end).toMatchObject(
          expected.ok ? { kind: 'done', output: expected.value } : { kind: 'failed', error: expected.error },
        )
      }),
      { numRuns: 80 },
    )
  })
})
