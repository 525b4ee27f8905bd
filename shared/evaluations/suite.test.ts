import { describe, expect, it } from 'vitest'
import { formatProblem } from '../problem.ts'
import { newSuite, withCase, withGolden, withoutCase } from './editSuite.ts'
import { baselineOf, byConcern, changesSince, type EvaluatedCase, type Evaluation, passRate } from './evaluation.ts'
import { parseSuite } from './parseSuite.ts'
import { caseName, suiteFileOf } from './suite.ts'

const SUITE = `jacquard: 1
# What the desk agreed on.
match: { by: fields, fields: { reply: ignore } }
checks:
  - output.category != ''
cases:
  - item: a.txt # the long one
    expected: { category: bug }
  - item: b.txt
    stage: extract
    expected: { product: Loom }
    match: { by: fields, fields: { product: { by: text, atLeast: 0.9 } } }
  - name: an empty ticket
    value: { text: "" }
    checks:
      - { name: says so, expression: "$contains(output.reply, 'empty')" }
`
const problemsOf = (text: string) => parseSuite(text).problems.map((problem) => formatProblem(problem, 'a.eval.yaml'))
const suiteOf = (text: string) => {
  const { suite, problems } = parseSuite(text)
  if (suite === null) throw new Error(problems.map(({ message }) => message).join('\n'))
  return suite
}

describe('a suite', () => {
  it('is read with its cases, by their names', () => {
    const suite = suiteOf(SUITE)
    expect(suite.cases.map(caseName)).toEqual(['a.txt', 'b.txt · extract', 'an empty ticket'])
  })
  it('stands beside its chain', () => {
    expect(suiteFileOf('chains/triage.chain.yaml')).toBe('chains/triage.eval.yaml')
    expect(suiteFileOf('/else/where/plain.yaml')).toBe('/else/where/plain.eval.yaml')
  })
  it.each([
    [
      'cases: [',
      'a.eval.yaml:1:9 This is not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]',
    ],
    [
      'jacquard: 1\ncases:\n  - item: a\n    expectd: 1\n',
      'a.eval.yaml:4:5 cases.0.expectd: Unknown key `expectd`; did you mean `expected`?',
    ],
    ['jacquard: 1\n', 'a.eval.yaml:1:1 `cases` is missing.'],
    [
      'jacquard: 1\ncases:\n  - expected: 1\n',
      "a.eval.yaml:3:5 cases.0: This case has no item: give `item`, the key of one of the chain's source, or `value`, the item itself.",
    ],
    [
      'jacquard: 1\ncases:\n  - item: a\n',
      'a.eval.yaml:3:5 cases.0: Nothing is asked of this case: give `expected`, or `checks`.',
    ],
    [
      'jacquard: 1\ncases:\n  - { item: a, expected: 1 }\n  - { item: a, expected: 2 }\n',
      'a.eval.yaml:4:5 cases.1: Another case is called `a`: give this one a `name` of its own.',
    ],
    [
      'jacquard: 1\ncases:\n  - { item: a, checks: ["output.x = "] }\n',
      'a.eval.yaml:3:25 cases.0.checks.0: `output.x = ` cannot be read: Unexpected end of expression',
    ],
    [
      'jacquard: 1\nchecks: [category = "bug"]\ncases: []\n',
      'a.eval.yaml:2:10 checks.0: Unknown name `category`: a check sees `output`, `item` and `expected`. Did you mean `output.category`?',
    ],
    [
      'jacquard: 1\ncases:\n  - { item: a, expected: 1, match: { by: near } }\n',
      'a.eval.yaml:3:42 cases.0.match.by: `by` must be one of: exact, fields, number, text, ignore.',
    ],
    [
      'jacquard: 1\ncases:\n  - { item: a, expected: 1, match: { by: number, withn: 2 } }\n',
      'a.eval.yaml:3:50 cases.0.match.withn: Unknown key `withn`; did you mean `within`?',
    ],
  ])('says what is wrong, where, and what to do: %j', (text, problem) => {
    expect(problemsOf(text)).toEqual([problem])
  })
  it('takes a case more, and keeps comments', () => {
    const text = withCase(SUITE, suiteOf(SUITE), { item: 'c.txt', expected: { category: 'other' } })
    expect(text).toContain('# the long one')
    expect(text).toContain('# What the desk agreed on.')
    expect(suiteOf(text).cases.at(-1)).toEqual({ item: 'c.txt', expected: { category: 'other' } })
  })
  it('takes a case in place of the one of its name', () => {
    const text = withCase(SUITE, suiteOf(SUITE), { item: 'a.txt', expected: { category: 'billing' } })
    expect(suiteOf(text).cases.map(({ expected }) => expected)).toEqual([
      { category: 'billing' },
      { product: 'Loom' },
      undefined,
    ])
  })
  it('loses a case', () => {
    expect(suiteOf(withoutCase(SUITE, suiteOf(SUITE), 'a.txt')).cases.map(caseName)).toEqual([
      'b.txt · extract',
      'an empty ticket',
    ])
  })
  it('begins empty', () => {
    const text = newSuite('Triage')
    const one = withCase(text, suiteOf(text), { item: '1', expected: 'x' })
    expect(one).toBe('jacquard: 1\nname: Evaluation of Triage\ncases:\n  - item: "1"\n    expected: x\n')
    expect(suiteOf(one).cases).toEqual([{ item: '1', expected: 'x' }])
  })
})

describe('an evaluation', () => {
  const aCase = (name: string, passed: boolean): EvaluatedCase => ({
    name,
    item: name,
    stage: null,
    passed,
    score: passed ? 1 : 0,
    reasons: [],
    run: '',
    latencyMs: 1,
    costMicros: 10,
  })
  const anEvaluation = (passed: string, failed: string): Evaluation => ({
    id: 'e1',
    at: 0,
    suite: 's',
    variant: 'as-drawn',
    chainVersion: '',
    cases: [...[...passed].map((name) => aCase(name, true)), ...[...failed].map((name) => aCase(name, false))],
  })

  it('has a rate with an interval, and a cost', () => {
    expect(passRate(anEvaluation('abc', 'd'))).toMatchObject({ passed: 3, total: 4, rate: 0.75, costMicros: 40 })
  })
  it('is held against a baseline by the names of its cases', () => {
    const changes = changesSince(baselineOf(anEvaluation('abc', 'de')), anEvaluation('adf', 'bg'))
    expect(changes).toEqual({ regressions: ['b'], improvements: ['d'], added: ['f', 'g'] })
    expect(
      byConcern(anEvaluation('adf', 'gb').cases, changes)
        .map(({ name }) => name)
        .join(''),
    ).toBe('bgdaf')
  })
  it('is kept as the golden one in the suite', () => {
    const golden = baselineOf(anEvaluation('ab', 'c'))
    expect(suiteOf(withGolden(SUITE, golden)).golden).toEqual(golden)
  })
})
