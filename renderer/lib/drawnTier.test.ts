import { expect, it } from 'vitest'
import type { Stage } from '../../shared/stages.ts'
import { drawnTier } from './drawnTier.ts'

const workers = [
  { name: 'classifier', tier: 'local' },
  { name: 'broken', tier: null },
]

it('takes the tier of the stage, else of its worker, else the default', () => {
  const tierOf = (stage: object) => drawnTier({ kind: 'model', ...stage } as Stage, workers)
  expect(tierOf({ worker: 'classifier', tier: 'frontier' })).toBe('frontier')
  expect(tierOf({ worker: 'classifier' })).toBe('local')
  expect(tierOf({ worker: 'broken' })).toBe('standard')
  expect(tierOf({ prompt: 'Hello' })).toBe('standard')
})

it('knows no tier of a stage that calls no model', () => {
  expect(drawnTier({ kind: 'transform', value: 1 }, workers)).toBeNull()
})
