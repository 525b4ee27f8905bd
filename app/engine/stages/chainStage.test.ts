import { describe, expect, it } from 'vitest'
import type { Scope } from '../../core/expression.ts'
import { answeringCalls, plannedStages, refused, succeeded } from '../../testing/plannedStages.ts'
import { runItem } from './runItem.ts'

const USED = `jacquard: 1
name: Shorten
params: { words: 5, tone: calm }
stages:
  extract: { kind: model, prompt: "{{ params.words }} {{ params.tone }} {{ item.text }}" }
  tidy: { kind: transform, value: "{{ extract & run.index }}" }
output: { short: "{{ tidy }}" }
`
const SCOPE: Scope = {
  item: { text: 'outer' },
  params: { words: 99, other: 'o' },
  run: { id: 'r', index: 7, total: 9 },
}
const using = (keys: string, used = USED) =>
  plannedStages(
    `stages:
  before: { kind: transform, value: "{{ item.text }}!" }
  sub: { kind: chain, file: used.chain.yaml${keys} }
output: "{{ sub }}"
`,
    { 'used.chain.yaml': used },
  )
const echo = answeringCalls((prompt) => succeeded(prompt))

describe('a chain as a stage', () => {
  it('runs on the item, with the defaults of its own params, and gives its output', async () => {
    expect(await runItem(using(''), SCOPE, echo)).toMatchObject({ output: { short: '5 calm outer7' } })
  })
  it('runs on what it is given, with the params it is given laid over the defaults', async () => {
    const list = using(', item: { text: "{{ before }}" }, params: { tone: "{{ before }}" }')
    expect(await runItem(list, SCOPE, echo)).toMatchObject({ output: { short: '5 outer! outer!7' } })
  })
  it('names its cells behind its own', async () => {
    const paths: string[] = []
    await runItem(using(''), SCOPE, {
      ...answeringCalls((prompt, path) => {
        paths.push(`asked ${path}`)
        return succeeded(prompt)
      }),
      ended: (_stage, path) => paths.push(path),
    })
    expect(paths.filter((path) => path !== 'before')).toEqual(['asked sub/extract', 'sub/extract', 'sub/tidy', 'sub'])
  })
  it('fails with its failing stage and what that said', async () => {
    const calls = answeringCalls(() => refused('will not'))
    expect(await runItem(using(''), SCOPE, calls)).toMatchObject({
      kind: 'failed',
      error: { stage: 'sub', kind: 'refused', message: 'Stage extract: will not' },
    })
  })
  it('is skipped where all its stages are', async () => {
    const used = 'jacquard: 1\nstages: { a: { kind: transform, when: "item.none", value: 1 } }\n'
    const end = await runItem(using('', used), SCOPE, echo)
    expect(end.stages[1]).toEqual({ kind: 'skipped', reason: 'All stages of used.chain.yaml were skipped.' })
    expect(end).toMatchObject({ output: null })
  })
  it('sees an element of a map as its item, and may hold maps itself', async () => {
    const used = `jacquard: 1
stages:
  each: { kind: map, over: "{{ item.list }}", as: x, stages: { ask: { kind: model, prompt: "{{ x }}" } }, output: "{{ ask }}" }
output: "{{ each }}"
`
    const list = plannedStages(
      `stages:
  rows:
    kind: map
    over: "{{ item.rows }}"
    as: row
    stages: { sub: { kind: chain, file: used.chain.yaml, item: { list: "{{ row }}" } } }
    output: "{{ sub }}"
output: "{{ rows }}"
`,
      { 'used.chain.yaml': used },
    )
    const rows = [['a', 'b'], [], ['c']]
    const paths: string[] = []
    const calls = answeringCalls((prompt, path) => {
      paths.push(path)
      return succeeded(prompt)
    })
    expect(await runItem(list, { ...SCOPE, item: { rows } }, calls)).toMatchObject({ output: rows })
    expect(paths.sort()).toEqual(['rows/1/sub/each/1/ask', 'rows/1/sub/each/2/ask', 'rows/3/sub/each/1/ask'])
  })
  it('says what it lacks where there is no item', async () => {
    const group: Scope = { items: [], group: null, params: {}, run: SCOPE.run ?? null }
    const list = plannedStages('stages: { sub: { kind: chain, file: used.chain.yaml } }', { 'used.chain.yaml': USED })
    const end = await runItem(list, group, echo)
    expect(end).toMatchObject({ kind: 'failed', error: { stage: 'sub', kind: 'invalid_input' } })
    expect(end.kind === 'failed' && end.error.message).toContain('behind a gather there is no item')
  })
})
