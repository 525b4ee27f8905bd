import { expect, it } from 'vitest'
import { parseChain } from '../../../../shared/chainDocument.ts'
import { flowModel } from './flowModel.ts'

/** The wires of a chain in which a map and a stage run side by side between the source and a gather. */
function wires(layout: string) {
  const { chain, graph, problems } = parseChain(`jacquard: 1
source: { text: [a] }
stages:
  label: { kind: model, prompt: "{{ item.text }}" }
  each: { kind: map, over: [1], as: n, stages: { say: { kind: model, prompt: "{{ n }} {{ item.text }}" } } }
  tens: { kind: gather, size: 8 }
layout: ${layout}
`)
  if (chain === null || graph === null) throw new Error('The chain of this test cannot be read.')
  return new Map(flowModel(chain, graph, problems).edges.map(({ id, data }) => [id, data]))
}

const BESIDE = '{ each: { x: 300, y: 0 }, label: { x: 356, y: 300 }, tens: { x: 716, y: 0 }, $source: { x: 44, y: 0 } }'

it('turns a wire where no map is, be it near the one end or near the other', () => {
  const found = wires(BESIDE)
  expect([found.get('$source→label')?.bend, found.get('label→tens')?.bend]).toEqual(['source', 'target'])
  // Into a map: before its border. From its own element: as any.
  expect([found.get('$source→say')?.bend, found.get('each→say')?.bend]).toEqual(['source', 'middle'])
})

it('leads a wire that passes by a map beneath the whole of it', () => {
  const found = wires(
    '{ each: { x: 300, y: 0 }, label: { x: 0, y: 0 }, tens: { x: 716, y: 0 }, $source: { x: -300, y: 0 } }',
  )
  expect(found.get('label→tens')?.room).toBe(208)
  expect(found.get('each→tens')?.room).toBe(0)
})
