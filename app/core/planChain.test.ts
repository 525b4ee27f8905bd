import { describe, expect, test } from 'vitest'
import { parseChain } from '../../shared/chainDocument.ts'
import type { StageOverride } from '../../shared/run.ts'
import { modelStages } from './plan.ts'
import { planChain } from './planChain.ts'

function problemsOf(text: string): readonly string[] {
  const { chain, problems } = parseChain(`jacquard: 1\n${text}`)
  if (chain === null) throw new Error(JSON.stringify(problems))
  const planned = planChain(chain, { params: {}, tiers: {}, stages: {} })
  return planned.ok ? [] : planned.problems.map(({ message }) => message)
}

const SOURCES = 'source: { a: { csv: a.csv }, b: { csv: b.csv } }'

describe('a gather that correlates', () => {
  test('needs sources with the names that it says, and a key for each', () => {
    const gather = (correlate: string) => `${SOURCES}\nstages:\n  pair: { kind: gather, correlate: ${correlate} }\n`
    expect(problemsOf(gather('{ by: item.id, of: [a, b] }'))).toEqual([])
    expect(problemsOf(gather('{ by: item.id, of: [a, c] }'))).toEqual(['There is no source `c`. Sources: a, b.'])
    expect(problemsOf(gather('{ by: { a: item.id }, of: [a, b] }'))).toEqual([
      'It does not say by what `b` is correlated.',
    ])
    expect(
      problemsOf('source: { csv: a.csv }\nstages:\n  pair: { kind: gather, correlate: { by: item.id, of: [a, b] } }\n'),
    ).toHaveLength(1)
  })

  test('stands in the first lane: groups come from no source', () => {
    const stages = `stages:
  pack: { kind: gather, size: 2 }
  pair: { kind: gather, after: [pack], correlate: { by: group.key, of: [a, b] } }
`
    expect(problemsOf(`${SOURCES}\n${stages}`)).toEqual([expect.stringContaining('in the first lane')])
  })
})

describe('what a launch changes at a stage', () => {
  const worker = { tier: 'local', timeout: 5, repair: 2, tooLong: 'fail', escalate: 'standard' }
  const written = JSON.stringify({ kind: 'model', prompt: 'x', ...worker })
  const planned = (override: StageOverride) => {
    const { chain } = parseChain(
      `jacquard: 1\nstages: { draft: ${written}, each: { kind: map, over: [1], as: n, stages: { inner: ${written} } } }`,
    )
    if (chain === null) throw new Error('This is a chain.')
    const plan = planChain(chain, { params: {}, tiers: {}, stages: { draft: override, inner: override } })
    if (!plan.ok) throw new Error(JSON.stringify(plan.problems))
    return modelStages(plan.plan)
  }

  test('may be that no better tier is asked', () => {
    const alone = { escalate: null, policy: { escalates: false } }
    expect(planned({ escalate: null })).toMatchObject([alone, alone])
  })

  test('counts over what is written, at the stage and in maps', () => {
    const override = { timeout: 1.5, repair: 0, tooLong: 'truncate', escalate: 'frontier', maxTokens: 7 } as const
    const changed = {
      timeoutMs: 1500,
      tooLong: 'truncate',
      escalate: 'frontier',
      maxTokens: 7,
      policy: { repairs: 0, escalates: true, cuts: 4 },
    }
    expect(planned(override)).toMatchObject([changed, changed])
  })

  test('leaves as it is what it does not name', () => {
    const [stage] = planned({ maxTokens: 7 })
    expect(stage).toMatchObject({ timeoutMs: 5000, tooLong: 'fail', escalate: 'standard' })
    expect(stage?.policy).toEqual({ attempts: 6, backoffMs: 1000, repairs: 2, escalates: true, cuts: 0 })
  })
})
