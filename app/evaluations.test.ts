import { afterEach, expect, it } from 'vitest'
import type { Evaluation } from '../shared/evaluations/evaluation.ts'
import type { App } from './index.ts'
import { called } from './testing/called.ts'
import type { ProviderAnswer, ProviderCall } from './testing/provider.ts'
import { RunWorlds } from './testing/runWorld.ts'

const worlds = new RunWorlds()
afterEach(() => worlds.close())

const CHAIN = `jacquard: 1
name: Kinds
source: { folder: inputs }
stages:
  kind: { kind: model, tier: openai, prompt: "kind of {{ item.text }}" }
  loud: { kind: transform, value: "{{ $uppercase(kind) }}" }
output: { kind: "{{ kind }}", loud: "{{ loud }}" }
`
const SUITE = `jacquard: 1
checks: [output != null]
cases:
  - item: a.txt
    expected: { kind: bug, loud: BUG }
  - item: b.txt
    expected: { kind: bug, loud: BUG }
  - item: b.txt
    stage: loud
    expected: praise
    match: text
  - name: own
    value: { text: own }
    checks: [{ name: it is known, expression: 'output.kind in ["bug", "praise"]' }]
  - item: missing.txt
    expected: 1
`
const FILE = 'chains/kinds.chain.yaml'
const FILES = { 'inputs/a.txt': 'a', 'inputs/b.txt': 'b', [FILE]: CHAIN, 'chains/kinds.eval.yaml': SUITE }
const kinds = ({ prompt }: ProviderCall): ProviderAnswer => ({ text: prompt.endsWith(' a') ? 'bug' : 'praise' })

const evaluate = (app: App, id: string, request: object = {}): Promise<Evaluation> =>
  called(app, 'evaluations.run', { id, request: { text: CHAIN, file: FILE, ...request } })
const outcomes = ({ cases }: Evaluation) => cases.map(({ name, passed, reasons }) => [name, passed, ...reasons])

it('runs a suite and says of each case why it did not pass', async () => {
  const { provider, workspace } = await worlds.world(FILES, kinds)
  const app = await worlds.app(workspace)
  const heard: string[] = []
  app.listen((event) => event.kind === 'judgingProgress' && heard.push(`${event.id} ${event.done}/${event.total}`))
  const evaluation = await evaluate(app, 'one')
  expect(outcomes(evaluation)).toEqual([
    ['a.txt', true],
    ['b.txt', false, 'kind: "praise", expected "bug"', 'loud: "PRAISE", expected "BUG"'],
    ['b.txt · loud', false, '"PRAISE", expected "praise" (0 % similar, needs 80 %)'],
    ['own', true],
    ['missing.txt', false, 'The source has no item missing.txt.'],
  ])
  expect(heard).toEqual(['one 1/5', 'one 2/5', 'one 3/5', 'one 4/5'])
  // What two cases of one item share is asked once.
  expect(provider.calls).toHaveLength(3)
  const again = await evaluate(app, 'two')
  expect(outcomes(again)).toEqual(outcomes(evaluation))
  expect(provider.calls).toHaveLength(3)
  expect((await called(app, 'evaluations.list', { file: FILE })).map(({ id }) => id)).toEqual(['one', 'two'])
})

it('keeps the golden evaluation in the suite', async () => {
  const { workspace } = await worlds.world(FILES, kinds)
  const app = await worlds.app(workspace)
  await evaluate(app, 'one', { variant: { name: 'ollama', tier: 'ollama' } })
  await called(app, 'evaluations.setGolden', { file: FILE, evaluation: 'one' })
  const read = await called(app, 'evaluations.suite', { file: FILE })
  expect(read?.suite.golden).toMatchObject({
    evaluation: 'one',
    variant: 'ollama',
    passed: ['a.txt', 'own'],
    failed: ['b.txt', 'b.txt · loud', 'missing.txt'],
  })
})

it('makes a suite with its first case, and takes one out again', async () => {
  const { workspace } = await worlds.world({ [FILE]: CHAIN }, kinds)
  const app = await worlds.app(workspace)
  expect(await called(app, 'evaluations.suite', { file: FILE })).toBeNull()
  await called(app, 'evaluations.addCase', { file: FILE, added: { item: 'a.txt', expected: { kind: 'bug' } } })
  await called(app, 'evaluations.addCase', { file: FILE, added: { item: 'a.txt', stage: 'kind', expected: 'bug' } })
  await called(app, 'evaluations.removeCase', { file: FILE, name: 'a.txt' })
  expect(await workspace.read('chains/kinds.eval.yaml')).toBe(
    'jacquard: 1\nname: Evaluation of Kinds\ncases:\n  - item: a.txt\n    stage: kind\n    expected: bug\n',
  )
})

it('refuses a suite that cannot be used, with its line', async () => {
  const { workspace } = await worlds.world({ ...FILES, 'chains/kinds.eval.yaml': 'jacquard: 1\ncases:\n  - itm: a\n' })
  const app = await worlds.app(workspace)
  const reply = await app.call('evaluations.run', { id: 'x', request: { text: CHAIN, file: FILE } })
  expect(reply).toMatchObject({
    ok: false,
    error: { message: expect.stringContaining('chains/kinds.eval.yaml:3:5 cases.0.itm: Unknown key `itm`') as string },
  })
})

it('refuses a case of a stage that is not there', async () => {
  const suite = 'jacquard: 1\ncases: [{ item: a.txt, stage: knd, expected: 1 }]\n'
  const { workspace } = await worlds.world({ ...FILES, 'chains/kinds.eval.yaml': suite })
  const app = await worlds.app(workspace)
  const reply = await app.call('evaluations.run', { id: 'x', request: { text: CHAIN, file: FILE } })
  expect(reply).toMatchObject({
    ok: false,
    error: {
      message: 'The case a.txt · knd is of the stage `knd`, which the chain does not have. It has: kind, loud.',
    },
  })
})

it('says what an evaluation would ask for', async () => {
  const { provider, workspace } = await worlds.world(FILES, kinds)
  const app = await worlds.app(workspace)
  const request = { text: CHAIN, file: FILE }
  expect(await called(app, 'evaluations.preview', { request })).toMatchObject({ calls: 4, remembered: 0 })
  await evaluate(app, 'one')
  expect(await called(app, 'evaluations.preview', { request })).toMatchObject({ calls: 0, remembered: 4 })
  expect(provider.calls).toHaveLength(3)
})
