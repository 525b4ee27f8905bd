import { describe, expect, it } from 'vitest'
import { answeringCalls, plannedStages, refused } from '../../testing/plannedStages.ts'
import { runItem } from './runItem.ts'

const CHUNKS = plannedStages(`stages:
  cut: { kind: chunk, text: "{{ item.text }}", by: characters, size: 4, overlap: 1 }
  each: { kind: map, over: "{{ cut }}", as: c, stages: { show: { kind: transform, value: "{{ c.index }}:{{ c.text }}" } }, output: "{{ show }}" }
output: { cut: "{{ cut }}", each: "{{ each }}" }
`)
const run = (item: { text: string | number | null | string[] }) =>
  runItem(
    CHUNKS,
    { item, params: {}, run: { id: 'r', index: 0, total: 1 } },
    answeringCalls(() => refused('')),
  )

describe('a chunk stage', () => {
  it('gives the chunks with their places, and a map runs over them', async () => {
    expect(await run({ text: 'abcdefgh' })).toMatchObject({
      output: {
        cut: [
          { text: 'abcd', index: 0, start: 0, end: 4 },
          { text: 'defg', index: 1, start: 3, end: 7 },
          { text: 'gh', index: 2, start: 6, end: 8 },
        ],
        each: ['0:abcd', '1:defg', '2:gh'],
      },
    })
  })
  it('gives no chunk of an empty text', async () => {
    expect(await run({ text: '' })).toMatchObject({ output: { cut: [], each: [] } })
  })
  it.each([
    [null, 'null'],
    [7, 'the number 7'],
    [['a'], 'a list'],
  ])('fails for %j with what it is instead of a text', async (text, found) => {
    const end = await run({ text })
    expect(end).toMatchObject({ kind: 'failed', error: { stage: 'cut', kind: 'invalid_input' } })
    expect(end.kind === 'failed' && end.error.message).toContain(found)
  })
})
