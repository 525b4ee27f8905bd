import { expect, it } from 'vitest'
import { parseChain } from '../../../../shared/chainDocument.ts'
import type { GatherStage } from '../../../../shared/stages.ts'
import { groupWords, stageDoes } from './stageWords.ts'

/** The line of a stage that is written so. */
function does(stage: string): string {
  const { chain, problems } = parseChain(`jacquard: 1\nstages: { a: ${stage} }\n`)
  const [read] = Object.values(chain?.stages ?? {})
  if (read === undefined) throw new Error(problems.map(({ message }) => message).join(' '))
  return stageDoes(read)
}

it('says of every kind of stage what matters at a glance', () => {
  expect([
    does('{ kind: model, prompt: x, output: { type: object, properties: { product: {}, problem: {} } } }'),
    does('{ kind: model, worker: classifier }'),
    does('{ kind: transform, value: { total: 1 } }'),
    does('{ kind: chunk, text: x, by: tokens, size: 500, overlap: 50 }'),
    does('{ kind: chunk, text: x, by: pages, size: 1 }'),
    does('{ kind: map, over: "{{ sections }}", as: section, mode: sequential, stages: {} }'),
    does('{ kind: fetch, url: "https://example.org/a?q={{ item.name }}", method: POST }'),
    does('{ kind: fetch, url: "{{ item.address }}" }'),
    does('{ kind: chain, file: chains/triage-tickets.chain.yaml }'),
  ]).toEqual([
    '→ product, problem',
    'worker classifier',
    '→ total',
    '→ list of chunks: 500 tokens each, 50 shared',
    '→ list of chunks: 1 page each',
    'each section of sections, one after the other',
    'POST example.org',
    'GET item.address',
    'runs triage-tickets',
  ])
})

it('says when a gather releases a group, and what the stages behind it run once for', () => {
  const gathers = [
    '{ kind: gather, size: 10, within: 120 }',
    '{ kind: gather, key: item.customer }',
    '{ kind: gather, size: 5, key: "{{ item.customer }}" }',
    '{ kind: gather, correlate: { by: item.id, of: [orders, customers] } }',
    '{ kind: gather }',
  ]
  expect(gathers.map(does)).toEqual([
    'groups of 10, every 2 min',
    'groups by item.customer',
    'groups of 5, by item.customer',
    'matches orders + customers by item.id',
    'all items as one group',
  ])
  const words = (keys: Partial<GatherStage>) => groupWords({ kind: 'gather', ...keys })
  expect([words({ size: 10 }), words({ key: 'item.customer' }), words({})]).toEqual([
    'each group of up to 10',
    'each item.customer',
    'each group',
  ])
})
