import { expect, it } from 'vitest'
import type { Worker } from '../../shared/worker.ts'
import { resolveWorker } from './resolveWorker.ts'

const WORKER: Worker = {
  name: 'classifier',
  description: 'Sorts.',
  tier: 'local',
  instructions: 'Sort it.',
  output: { type: 'object' },
  maxTokens: 50,
  timeout: 5,
  knowledge: [{ file: 'kb/a.md' }],
}

it('fills a stage with what its worker says, and keeps nothing of the worker itself', () => {
  expect(resolveWorker({ kind: 'model', worker: 'classifier', input: { text: '{{ item.text }}' } }, WORKER)).toEqual({
    kind: 'model',
    input: { text: '{{ item.text }}' },
    tier: 'local',
    instructions: 'Sort it.',
    output: { type: 'object' },
    maxTokens: 50,
    timeout: 5,
    knowledge: [{ file: 'kb/a.md' }],
  })
})

it('lets each key of the stage override that of the worker, whole', () => {
  const output = { type: 'array' }
  expect(resolveWorker({ kind: 'model', worker: 'classifier', tier: 'frontier', output }, WORKER)).toMatchObject({
    tier: 'frontier',
    output,
    instructions: 'Sort it.',
  })
})

it('has the knowledge of the worker come before that of the stage', () => {
  const knowledge = [{ file: 'b.md', as: 'examples' as const }]
  expect(resolveWorker({ kind: 'model', worker: 'classifier', knowledge }, WORKER).knowledge).toEqual([
    { file: 'kb/a.md' },
    { file: 'b.md', as: 'examples' },
  ])
})
