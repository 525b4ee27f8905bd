import { expect, it } from 'vitest'
import { parseChain } from '../../../../shared/chainDocument.ts'
import { editChain } from '../../../../shared/chainEdit.ts'
import { OUTPUT_NODE, SOURCE_NODE } from '../canvas/nodeIds.ts'
import { connectEdits, connectRefusal, disconnectEdits } from './connectEdits.ts'

const TEXT = `jacquard: 1
source: { folder: inputs }
stages:
  extract: { kind: model, prompt: "{{ item.text }}" }
  classify: { kind: transform, value: { problem: "{{ extract }}" } }
  draft: { kind: model, prompt: "" }
`

function read(text: string) {
  const { chain, graph } = parseChain(text)
  if (chain === null || graph === null) throw new Error('The chain of this test cannot be read.')
  return { chain, graph }
}
function connected(text: string, source: string, target: string) {
  return read(editChain(text, connectEdits(read(text).chain, { source, target }))).chain
}

it('refuses a wire that would go round in a circle, and says along which stages', () => {
  const { chain, graph } = read(TEXT)
  expect(connectRefusal(chain, graph, { source: 'classify', target: 'extract' })).toBe(
    '`classify` already waits for `extract` (extract → classify): this wire would go round in a circle.',
  )
})

it('refuses a wire to itself, into the source, out of the result, and one that is drawn already', () => {
  const { chain, graph } = read(TEXT)
  const refusal = (source: string, target: string) => connectRefusal(chain, graph, { source, target })
  expect([
    refusal('draft', 'draft'),
    refusal('draft', SOURCE_NODE),
    refusal(OUTPUT_NODE, 'draft'),
    refusal('extract', 'classify'),
    refusal('extract', 'draft'),
  ]).toEqual([
    'A stage cannot use its own output.',
    'The source takes nothing in.',
    'Nothing comes after the result.',
    '`extract` is used there already.',
    null,
  ])
})

it('writes the text of a file, not the whole item, where the source is a folder', () => {
  const { stages } = connected(TEXT, SOURCE_NODE, 'draft')
  expect(stages.draft).toMatchObject({ prompt: '{{ item.text }}' })
})

it('writes the whole item where the source is a table', () => {
  const { stages } = connected(TEXT.replace('folder: inputs', 'csv: a.csv'), SOURCE_NODE, 'draft')
  expect(stages.draft).toMatchObject({ prompt: '{{ item }}' })
})

it('keeps what went out implicitly when the first wire to the result is drawn', () => {
  expect(connected(TEXT, 'extract', OUTPUT_NODE).output).toEqual({
    classify: '{{ classify }}',
    draft: '{{ draft }}',
    extract: '{{ extract }}',
  })
})

it('takes a wire to the result out, and the whole output with its last part', () => {
  const text = `${TEXT}output: { a: "{{ extract }}", b: "{{ classify.problem }}" }\n`
  const cut = (from: string, of: string) =>
    editChain(of, disconnectEdits(read(of).chain, { source: from, target: OUTPUT_NODE }))
  const first = cut('extract', text)
  expect([read(first).chain.output, read(cut('classify', first)).chain.output]).toEqual([
    { b: '{{ classify.problem }}' },
    undefined,
  ])
})
