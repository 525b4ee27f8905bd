import { describe, expect, test } from 'vitest'
import { parseChain } from '../../shared/chainDocument.ts'
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
