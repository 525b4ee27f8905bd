import { expect, it } from 'vitest'
import { parseChain } from '../../../../shared/chainDocument.ts'
import { editChain } from '../../../../shared/chainEdit.ts'
import { ELEMENT_HANDLE, OUTPUT_NODE, RESULT_HANDLE, SOURCE_NODE } from '../canvas/nodeIds.ts'
import { connectEdits, connectRefusal, disconnectEdits } from './connectEdits.ts'

function read(text: string) {
  const { chain, graph } = parseChain(text)
  if (chain === null || graph === null) throw new Error('The chain of this test cannot be read.')
  return { chain, graph }
}
function refusalIn(text: string) {
  const { chain, graph } = read(text)
  return (source: string, target: string, handles = {}) => connectRefusal(chain, graph, { source, target, ...handles })
}
function connected(text: string, source: string, target: string): string {
  return editChain(text, connectEdits(read(text).chain, { source, target }))
}

const MAPPED = `jacquard: 1
source: { folder: inputs }
stages:
  facts: { kind: model, prompt: "{{ item.text }}" }
  parts: { kind: chunk, text: "{{ item.text }}", by: tokens, size: 100 }
  read:
    kind: map
    over: "{{ parts }}"
    as: part
    stages:
      gist: { kind: model, prompt: "{{ part.text }}" }
      check: { kind: transform, value: {} }
  sum: { kind: model, prompt: "{{ read }}" }
`

it('lets nothing out of a map but through the map itself', () => {
  const refusal = refusalIn(MAPPED)
  expect(refusal('gist', 'sum')).toContain('draw the wire from the map itself')
  expect(refusal('gist', OUTPUT_NODE)).toContain('runs inside `read`')
  expect(refusal('read', 'sum', { sourceHandle: ELEMENT_HANDLE })).toContain('only stages inside know it')
  expect(refusal('facts', 'read', { targetHandle: RESULT_HANDLE })).toContain('comes from the stages inside')
  expect([refusal('gist', 'check'), refusal('facts', 'gist'), refusal('gist', 'read')]).toEqual([null, null, null])
})

it('refuses a wire into a map from what waits for that map', () => {
  expect(refusalIn(MAPPED)('sum', 'gist')).toContain('(read → sum)')
})

it('writes a wire from a map’s inner end as its element, the text of a chunk', () => {
  expect(connected(MAPPED, 'read', 'check')).toContain('text: "{{ part.text }}"')
})

it('writes a wire to a map’s inner end into its output, beside what went out until now', () => {
  const text = connected(MAPPED, 'gist', 'read')
  expect(read(text).chain.stages.read).toMatchObject({
    over: '{{ parts }}',
    output: { gist2: '{{ gist }}', gist: '{{ gist }}', check: '{{ check }}' },
  })
  const back = editChain(text, disconnectEdits(read(text).chain, { source: 'gist', target: 'read' }))
  expect(read(back).chain.stages.read).toMatchObject({ output: { check: '{{ check }}' } })
})

const GATHERED = `jacquard: 1
source: { folder: inputs }
stages:
  facts: { kind: model, prompt: "{{ item.text }}" }
  tens: { kind: gather, size: 10 }
  report: { kind: model, prompt: "{{ items }}" }
  free: { kind: model, prompt: "" }
  bound: { kind: model, prompt: "{{ item.text }}" }
`

it('refuses a wire over a gather’s border, from whichever side', () => {
  const refusal = refusalIn(GATHERED)
  expect(refusal('facts', 'report')).toContain('draw the wire from `tens`')
  expect(refusal(SOURCE_NODE, 'report')).toContain('The item is of one item')
  expect(refusal('facts', OUTPUT_NODE)).toContain('the result is once a group')
  expect(refusal('report', 'bound')).toContain('`bound` uses the item')
})

it('lets a stage that uses nothing of an item go over to the groups', () => {
  expect([refusalIn(GATHERED)('tens', 'free'), refusalIn(GATHERED)('report', 'free')]).toEqual([null, null])
  expect(read(connected(GATHERED, 'tens', 'free')).chain.stages.free).toMatchObject({ prompt: '{{ items }}' })
})

it('says that a gather takes in what its lane gives', () => {
  expect(refusalIn(GATHERED)('facts', 'tens')).toBe('`tens` takes all that its lane gives already.')
})
