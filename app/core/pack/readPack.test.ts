import { describe, expect, it } from 'vitest'
import { readPack } from './readPack.ts'

const IDS = ['k3f', 'm9x', 'b2b']
const A = { id: 'k3f', output: 'a "quoted" {brace}' }
const B = { id: 'm9x', output: { n: [1, { id: 'inner' }] } }
const ROWS = [A, B]
const text = (value: unknown) => JSON.stringify(value)

describe('the rows of an answer', () => {
  it.each<[string, string]>([
    ['as asked for', text({ results: ROWS })],
    ['as a bare list', text(ROWS)],
    ['under another key', text({ answers: ROWS })],
    ['in fences', `Here you are:\n\`\`\`json\n${text({ results: ROWS })}\n\`\`\`\nDone.`],
    ['in prose', `The results [all 2] are ${text({ results: ROWS })}, as asked.`],
    ['one a line', ROWS.map(text).join('\n')],
    ['one a line, in fences', `\`\`\`\n${ROWS.map(text).join('\n')}\n\`\`\``],
    ['behind thoughts', `<think>k3f? {"id":"m9x"}</think>${text(ROWS)}`],
    ['keyed by id', text({ k3f: A.output, m9x: B.output })],
    ['keyed by id under a key', text({ results: { k3f: A.output, m9x: B.output } })],
    ['keyed by id, each a row', text({ k3f: { output: A.output }, m9x: B })],
    ['with a comma too many', `{"results":[${text(A)},${text(B)},]}`],
    ['wrapped twice', text({ answer: { results: ROWS } })],
  ])('are found %s', (_, answer) => {
    expect(readPack(answer, IDS, false)).toEqual(ROWS)
  })
  it('are one where the model gave one row alone', () => {
    expect(readPack(text(B), IDS, false)).toEqual([B])
  })
  it.each(['I cannot do that.', '', '{"results": []}', text({ summary: 'All three are alike.' }), '[1, 2, 3]'])(
    'are none in %j',
    (answer) => {
      expect(readPack(answer, IDS, false)).toBeNull()
    },
  )
  it('are those that are whole where the answer was cut off in the middle of a string', () => {
    const cut = text({ results: [...ROWS, { id: 'b2b', output: 'a long answer' }] }).slice(0, -10)
    expect(readPack(cut, IDS, true)).toEqual(ROWS)
    expect(readPack(cut, IDS, false)).toEqual(ROWS)
  })
  it('are never what a repair would make of half a row', () => {
    const cut = '{"results":[{"id":"k3f","output":"The first half of'
    expect([readPack(cut, IDS, true), readPack(cut, IDS, false)]).toEqual([null, null])
  })
  it('are found where single rows are broken JSON', () => {
    expect(readPack(`{"results":[{id: 'k3f', output: 'a'},${text(B)}]`, IDS, true)).toEqual([
      { id: 'k3f', output: 'a' },
      B,
    ])
  })
  it('do not hold what an answer quotes', () => {
    const quoting = { id: 'k3f', output: { quoted: { id: 'm9x', output: 'not it' } } }
    expect(readPack(`${text(quoting)}\n${text(B)}`, IDS, false)).toEqual([quoting, B])
  })
})
