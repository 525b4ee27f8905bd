import { describe, expect, it } from 'vitest'
import type { Problem } from '../../shared/problem.ts'
import type { Tier } from '../../shared/tier.ts'
import { problemsWithTiers } from './problemsWithTiers.ts'

const aTier = (name: string, notReady: string | null): Tier => ({
  name,
  letter: 'T',
  backend: 'simulated',
  model: 'simulated-local',
  origin: 'built in',
  notReady,
  knownPrice: null,
})
const aProblem = (...path: string[]): Problem => ({ severity: 'error', path, line: 1, column: 1, message: 'Not so.' })

describe('problems of a chain whose stages are given other tiers', () => {
  it('are those of the chain where nothing was chosen', () => {
    const problems = [aProblem('stages', 'draft', 'tier'), aProblem('output')]
    expect(problemsWithTiers(problems, {}, [])).toEqual(problems)
  })

  it('do without that of a tier that was replaced', () => {
    const other = aProblem('stages', 'draft', 'prompt')
    const problems = [aProblem('stages', 'draft', 'tier'), other]
    expect(problemsWithTiers(problems, { draft: 'local' }, [aTier('local', null)])).toEqual([other])
  })

  it('have that of a chosen tier which is not ready', () => {
    const found = problemsWithTiers([], { draft: 'frontier' }, [aTier('frontier', 'Its key is not set.')])
    expect(found).toMatchObject([
      { severity: 'error', path: ['stages', 'draft', 'tier'], message: 'Its key is not set.' },
    ])
  })
})
