import { expect, it } from 'vitest'
import { parseChain } from '../../../../shared/chainDocument.ts'
import { type ChainNode, flowModel, mergeFlow } from './flowModel.ts'
import { OUTPUT_NODE, SOURCE_NODE } from './nodeIds.ts'

const TRIAGE = `
jacquard: 1
params: { language: English }
source: { folder: inputs/tickets }
stages:
  extract:
    kind: model
    tier: local
    prompt: "{{ item.text }}"
    output: { type: object, properties: { product: {}, problem: {} } }
  classify:
    kind: transform
    value: { text: "{{ extract.problem }}", again: "{{ extract.product }}" }
  draft:
    kind: model
    when: "{{ classify.text != 'x' }}"
    prompt: "Reply in {{ params.language }} to: {{ item.text }}"
    after: [extract]
layout:
  extract: { x: 320, y: 80 }
`

function draw(text: string) {
  const { chain, graph, problems } = parseChain(text)
  if (chain === null || graph === null) throw new Error('The chain of this test cannot be read.')
  return flowModel(chain, graph, problems)
}

it('draws the source, every stage in document order, and the result', () => {
  expect(draw(TRIAGE).nodes.map((node) => node.id)).toEqual([SOURCE_NODE, 'extract', 'classify', 'draft', OUTPUT_NODE])
})

it('draws a wire for each pair of stages with what travels on it', () => {
  const wires = draw(TRIAGE).edges.map(({ source, target, data }) => [source, target, data?.kind, data?.label])
  expect(wires).toEqual([
    [SOURCE_NODE, 'extract', 'data', 'text'],
    ['extract', 'classify', 'data', 'problem, product'],
    ['classify', 'draft', 'condition', 'when: text'],
    [SOURCE_NODE, 'draft', 'data', 'text'],
    ['extract', 'draft', 'order', 'waits for it'],
    ['draft', OUTPUT_NODE, 'implied', 'the whole output'],
  ])
})

it('draws no wire for params and run, which are no nodes', () => {
  const { edges } = draw(
    'jacquard: 1\nparams: {a: 1}\nstages: {one: {kind: transform, value: "{{ params.a & run.id }}"}}\n',
  )
  expect(edges.map(({ source, target }) => [source, target])).toEqual([['one', OUTPUT_NODE]])
})

it('draws the wires of a written output in place of the implied ones', () => {
  const { edges } = draw(`${TRIAGE}\noutput: { product: "{{ extract.product }}" }\n`)
  expect(edges.filter(({ target }) => target === OUTPUT_NODE).map(({ source, data }) => [source, data?.kind])).toEqual([
    ['extract', 'data'],
  ])
})

it('keeps stored positions and gives every other node a place that touches none', () => {
  const { nodes } = draw(TRIAGE)
  expect(nodes.find((node) => node.id === 'extract')?.position).toEqual({ x: 320, y: 80 })
  for (const [index, a] of nodes.entries())
    for (const b of nodes.slice(index + 1)) {
      const isApart = Math.abs(a.position.x - b.position.x) >= 240 || Math.abs(a.position.y - b.position.y) >= 88
      expect([a.id, b.id, isApart]).toEqual([a.id, b.id, true])
    }
})

it('shows a stage’s problems on its node', () => {
  const node = draw(TRIAGE.replace('{{ extract.problem }}', '{{ extrakt.problem }}')).nodes.find(
    ({ id }) => id === 'classify',
  )
  expect(node?.type === 'stage' ? node.data.face.problems : []).toEqual([
    { severity: 'error', message: expect.stringContaining('did you mean `extract`') as string },
  ])
})

it('leaves the nodes that an edit did not touch as they are, and keeps what is known of the others', () => {
  const held = draw(TRIAGE).nodes.map((node) => ({ ...node, measured: { width: 240, height: 90 } }))
  const merged = mergeFlow<ChainNode>(held, draw(TRIAGE.replace('tier: local', 'tier: frontier')).nodes)
  expect(merged.map((node, index) => [node.id, node === held[index], node.measured?.height])).toEqual([
    [SOURCE_NODE, true, 90],
    ['extract', false, 90],
    ['classify', true, 90],
    ['draft', true, 90],
    [OUTPUT_NODE, true, 90],
  ])
})

const MAPPED = `
jacquard: 1
source: { text: [a] }
stages:
  parts: { kind: chunk, text: "{{ item.text }}", by: tokens, size: 9 }
  read:
    kind: map
    over: "{{ parts }}"
    as: part
    stages:
      gist: { kind: model, prompt: "{{ part.text }}" }
      check: { kind: transform, value: "{{ gist }}" }
  tens: { kind: gather, size: 10 }
  sum: { kind: model, prompt: "{{ items }}" }
`

it('draws a map around its stages, which stand within it', () => {
  const { nodes } = draw(MAPPED)
  const map = nodes.find(({ id }) => id === 'read')
  const inside = nodes.filter(({ parentId }) => parentId === 'read')
  expect(inside.map(({ id }) => id)).toEqual(['gist', 'check'])
  // A parent comes before its children, or the canvas does not find it.
  expect(nodes.findIndex(({ id }) => id === 'read')).toBeLessThan(nodes.findIndex(({ id }) => id === 'gist'))
  for (const { position } of inside) {
    expect(position.x >= 56 && position.y >= 80).toBe(true)
    expect(position.x + 240 + 56 <= (map?.width ?? 0) && position.y + 88 + 40 <= (map?.height ?? 0)).toBe(true)
  }
})

it('draws the element and the result of a map from its inner ends', () => {
  const inner = draw(MAPPED).edges.filter(
    ({ sourceHandle, targetHandle }) => sourceHandle != null || targetHandle != null,
  )
  expect(inner.map(({ id, sourceHandle, targetHandle, data }) => [id, sourceHandle, targetHandle, data?.kind])).toEqual(
    [
      ['read→gist', 'element', undefined, 'data'],
      ['check→read', undefined, 'result', 'implied'],
    ],
  )
})

it('draws what a gather takes in without naming it, and the groups it gives', () => {
  const kinds = draw(MAPPED).edges.map(({ id, data }) => [id, data?.kind])
  expect(kinds).toContainEqual(['read→tens', 'lane'])
  expect(kinds).toContainEqual(['tens→sum', 'data'])
})

it('forgets that a stage stood in a map once it was taken out', () => {
  const held = draw(MAPPED).nodes
  const out = draw(MAPPED.replace('      check:', '  check:').replace('  tens:', '  tens:'))
  expect(mergeFlow<ChainNode>(held, out.nodes).find(({ id }) => id === 'check')).not.toHaveProperty('parentId')
})
