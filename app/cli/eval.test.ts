import { afterEach, beforeEach, expect, it } from 'vitest'
import { CliWorkspace } from '../testing/cliWorkspace.ts'

let workspace: CliWorkspace
beforeEach(() => {
  workspace = new CliWorkspace()
})
afterEach(() => workspace.end())

const CHAIN = (value: string) =>
  `source: { folder: inputs }\nstages:\n  loud: { kind: transform, value: "${value}" }\noutput: "{{ loud }}"\n`
const LOUD = '{{ $uppercase(item.text) }}'
const SUITE = `jacquard: 1
cases:
  - item: a.txt
    expected: TEXT OF A
  - item: b.txt
    expected: TEXT OF B
`

it('says what passed, keeps the golden one, and exits with 1 where something falls behind it', async () => {
  const chain = workspace.chain('loud', CHAIN(LOUD))
  workspace.write('chains/loud.eval.yaml', SUITE)
  const first = await workspace.jacquard('eval', chain, '--set-golden')
  expect(first).toMatchObject({ code: 0, stderr: 'It is the golden evaluation of the suite now.\n' })
  expect(first.stdout.split('\n').slice(0, 3)).toEqual([
    'as-drawn: 2 of 2 cases passed (100 %; 95 %: 34–100 %) · $0',
    '✓ a.txt',
    '✓ b.txt',
  ])
  workspace.chain('loud', CHAIN("{{ item.name = 'b.txt' ? 'quiet' : $uppercase(item.text) }}"))
  const second = await workspace.jacquard('eval', chain)
  expect(second.code).toBe(1)
  expect(second.stdout.split('\n').slice(0, 4)).toEqual([
    'as-drawn: 1 of 2 cases passed (50 %; 95 %: 9–91 %) · $0',
    '✕ b.txt (regression)',
    '    "quiet", expected "TEXT OF B"',
    '✓ a.txt',
  ])
  expect(second.stdout).toMatch(/Since [0-9a-f]{8} \(as-drawn, \d{4}-\d\d-\d\d\): 1 regression, 0 improvements\./)
  workspace.chain('loud', CHAIN(LOUD))
  const third = await workspace.jacquard('eval', chain, '--baseline', 'last', '--json')
  expect(third.code).toBe(0)
  expect(JSON.parse(third.stdout)).toMatchObject({
    evaluations: [
      { variant: 'as-drawn', passed: 2, total: 2, passRate: 1, regressions: [], improvements: ['b.txt'], costUsd: 0 },
    ],
  })
})

it('evaluates on several tiers', async () => {
  const chain = workspace.chain(
    'ask',
    'source: { folder: inputs }\nstages: { ask: { kind: model, prompt: "Say {{ item.text }}" } }\n',
  )
  workspace.write(
    'chains/ask.eval.yaml',
    'jacquard: 1\nchecks: ["$length(output.ask) > 0"]\ncases: [{ item: a.txt }]\n',
  )
  const { code, stdout } = await workspace.jacquard('eval', chain, '--tiers', 'local,standard')
  expect(stdout).toMatch(/^local: 1 of 1 case passed .* \$0\n/)
  expect(stdout).toMatch(/\nstandard: 1 of 1 case passed .* play money\n/)
  expect(code).toBe(0)
})

it('refuses with 2 what cannot be evaluated, and says where it is', async () => {
  const chain = workspace.chain('loud', CHAIN(LOUD))
  expect(await workspace.jacquard('eval', chain)).toMatchObject({
    code: 2,
    stderr: 'There is no suite chains/loud.eval.yaml: write one (docs/evaluations.md), or name one with --suite.\n',
  })
  workspace.write('chains/loud.eval.yaml', SUITE.replace('expected: TEXT OF B', 'expectd: TEXT OF B'))
  expect(await workspace.jacquard('eval', chain)).toMatchObject({
    code: 2,
    stderr: 'chains/loud.eval.yaml:6:5 cases.1.expectd: Unknown key `expectd`; did you mean `expected`?\n',
  })
  workspace.write('chains/other.eval.yaml', SUITE)
  expect(
    await workspace.jacquard('eval', chain, '--suite', 'chains/other.eval.yaml', '--baseline', 'golden'),
  ).toMatchObject({
    code: 2,
    stderr: 'The suite has no golden evaluation: keep one with --set-golden.\n',
  })
  expect(await workspace.jacquard('eval', chain, '--suite', 'chains/other.eval.yaml', '--tiers', 'locl')).toMatchObject(
    {
      code: 2,
      stderr: 'There is no tier locl: did you mean local?\n',
    },
  )
})
