import { expect, it } from 'vitest'
import type { Attempt, InnerTrace, StageTrace } from '../../../shared/trace.ts'
import { allAttempts } from './allAttempts.ts'
import { isSimulated } from './isSimulated.ts'

const attempt = (tier: string): Attempt => ({ tier }) as Attempt
const stage = (attempts: readonly Attempt[], inner: readonly InnerTrace[] = []) =>
  ({ attempts, inner }) as unknown as StageTrace
const element = (...stages: readonly StageTrace[]) => ({ stages }) as unknown as InnerTrace

it('counts the calls of stages at any depth', () => {
  const deep = stage([], [element(stage([attempt('a')]), stage([], [element(stage([attempt('b'), attempt('c')]))]))])
  expect(allAttempts([stage([attempt('x')]), deep]).map(({ tier }) => tier)).toEqual(['x', 'a', 'b', 'c'])
})

it('takes a cost for play money only where every tier that answered is simulated', () => {
  const tiers = [
    { name: 'local', backend: 'simulated' },
    { name: 'real', backend: 'openai' },
  ] as unknown as Parameters<typeof isSimulated>[1]
  expect(isSimulated([attempt('local')], tiers)).toBe(true)
  expect(isSimulated([attempt('local'), attempt('real')], tiers)).toBe(false)
  expect(isSimulated([], tiers)).toBe(false)
})
