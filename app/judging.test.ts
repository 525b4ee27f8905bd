import { afterEach, expect, it } from 'vitest'
import type { JudgedPair } from '../shared/judging/judgeRequest.ts'
import type { Rating, Vote } from '../shared/judging/vote.ts'
import { called } from './testing/called.ts'
import type { ProviderAnswer, ProviderCall } from './testing/provider.ts'
import { RunWorlds } from './testing/runWorld.ts'

const worlds = new RunWorlds()
afterEach(() => worlds.close())

const FILE = 'chains/kinds.chain.yaml'
const CHAIN = 'jacquard: 1\nstages: { echo: { kind: transform, value: "{{ item }}" } }\n'
const VOTE: Vote = {
  pair: 'p1',
  item: 'a.txt',
  stage: null,
  left: 'local',
  right: 'frontier',
  winner: 'right',
  judge: null,
  why: null,
  criteria: null,
}
const aPair = (pair: string, [leftOutput, rightOutput]: readonly [string, string], run = ''): JudgedPair => ({
  pair,
  item: `${pair}.txt`,
  left: 'local',
  right: 'frontier',
  leftOutput,
  rightOutput,
  run,
})
/** Prefers what is longer; of `same` ones whatever stands first. */
function judging({ prompt }: ProviderCall): ProviderAnswer {
  const read = (name: string) => new RegExp(`<${name}>\\s*(.*?)\\s*</${name}>`, 's').exec(prompt)?.[1] ?? ''
  const [first, second] = [read('first_answer'), read('second_answer')]
  if (first.includes('broken') || second.includes('broken')) return { status: 400, text: '' }
  const better = first.includes('same') || first.length > second.length ? 'first' : 'second'
  return { text: JSON.stringify({ why: `It is of ${read('item')}.`, better }) }
}

it('keeps votes, one of each judge for a pair, and takes them back', async () => {
  const { workspace } = await worlds.world({ [FILE]: CHAIN })
  const app = await worlds.app(workspace)
  await called(app, 'votes.add', { file: FILE, vote: VOTE })
  await called(app, 'votes.add', { file: FILE, vote: { ...VOTE, judge: 'openai', winner: 'tie' } })
  const { id } = await called(app, 'votes.add', { file: FILE, vote: { ...VOTE, winner: 'bothBad' } })
  const listed = await called(app, 'votes.list', { file: FILE })
  expect(new Set(listed.map(({ judge, winner }) => `${judge} ${winner}`))).toEqual(
    new Set(['openai tie', 'null bothBad']),
  )
  await called(app, 'votes.undo', { file: FILE, id })
  expect((await called(app, 'votes.list', { file: FILE })).map(({ judge }) => judge)).toEqual(['openai'])
  expect(await called(app, 'votes.list', { file: 'chains/other.chain.yaml' })).toEqual([])
})

it('keeps one rating of a cell', async () => {
  const { workspace } = await worlds.world({ [FILE]: CHAIN })
  const app = await worlds.app(workspace)
  const rating: Rating = { item: 'a.txt', stage: null, variant: 'local', repeat: 0, output: 'v1', score: 'good' }
  await called(app, 'ratings.put', { file: FILE, rating })
  const { id } = await called(app, 'ratings.put', { file: FILE, rating: { ...rating, output: 'v2', score: 4 } })
  expect(await called(app, 'ratings.list', { file: FILE })).toMatchObject([{ id, output: 'v2', score: 4 }])
  await called(app, 'ratings.remove', { file: FILE, id })
  expect(await called(app, 'ratings.list', { file: FILE })).toEqual([])
})

it('asks a model about each pair in both orders: a split verdict is a tie', async () => {
  const { provider, workspace } = await worlds.world({ [FILE]: CHAIN }, judging)
  const app = await worlds.app(workspace)
  const { run } = await called(app, 'runs.test', { text: CHAIN, file: FILE, item: { value: { ticket: 7 } } })
  const pairs = [
    aPair('p1', ['long answer', 'short'], run),
    aPair('p2', ['a', 'better']),
    aPair('p3', ['same 1', 'same 2']),
  ]
  const request = { file: FILE, stage: null, tier: 'openai', criteria: 'Longer is better.', pairs }
  expect(await called(app, 'judge.preview', { request })).toMatchObject({ calls: 6, remembered: 0 })
  expect(await called(app, 'judge.run', { id: 'j', request })).toEqual({ votes: 3, unjudged: 0, problem: null })
  expect(provider.calls).toHaveLength(6)
  const votes = await called(app, 'votes.list', { file: FILE })
  const said = new Map(votes.map(({ pair, winner, why }) => [pair, [winner, why]]))
  expect(said.get('p1')?.[0]).toBe('left')
  expect(said.get('p1')?.[1]).toContain('"ticket": 7')
  expect(said.get('p2')?.[0]).toBe('right')
  expect(said.get('p3')).toEqual(['tie', 'Split: it said first in one order and first in the other.'])
  expect(votes.every(({ judge }) => judge === 'openai')).toBe(true)
})

it('says what went wrong where a model gives no verdict, and keeps the others', async () => {
  const { workspace } = await worlds.world({ [FILE]: CHAIN }, judging)
  const app = await worlds.app(workspace)
  const request = { file: FILE, stage: null, tier: 'openai', criteria: 'x', pairs: [aPair('p1', ['broken', 'b'])] }
  expect(await app.call('judge.run', { id: 'j', request })).toMatchObject({
    ok: false,
    error: { message: expect.stringContaining('The judge gave no verdict.') as string },
  })
  const both = { ...request, pairs: [...request.pairs, aPair('p2', ['long one', 'b'])] }
  expect(await called(app, 'judge.run', { id: 'j', request: both })).toMatchObject({ votes: 1, unjudged: 1 })
})
