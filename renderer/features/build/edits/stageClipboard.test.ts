import { expect, it } from 'vitest'
import type { Chain } from '../../../../shared/chain.ts'
import { parseChain } from '../../../../shared/chainDocument.ts'
import { editChain } from '../../../../shared/chainEdit.ts'
import { copyStages, pasteStages } from './stageClipboard.ts'

const TEXT = `jacquard: 1
source: { folder: inputs }
stages:
  # Facts first.
  extract:
    kind: model
    prompt: "{{ item.text }}" # the ticket
  draft:
    kind: model
    prompt: "{{ extract.problem }}"
    after: [extract]
layout:
  extract: { x: 320, y: 80 }
  draft: { x: 640, y: 80 }
`

function chainOf(text: string): Chain {
  const { chain } = parseChain(text)
  if (chain === null) throw new Error('The chain of this test cannot be read.')
  return chain
}

/** A step beside the originals, at the top of the chain. */
const BESIDE = { at: null, mapOf: () => null }

it('copies stages as readable YAML with comments and places', () => {
  expect(copyStages(TEXT, ['extract'])).toBe(`stages:
  # Facts first.
  extract:
    kind: model
    prompt: "{{ item.text }}" # the ticket
layout:
  extract: { x: 320, y: 80 }
`)
})

it('pastes under free ids, and the references among the pasted stages follow', () => {
  const pasted = pasteStages(chainOf(TEXT), copyStages(TEXT, ['extract', 'draft']), BESIDE)
  const after = chainOf(editChain(TEXT, pasted?.stages.flatMap((stage) => stage.edits) ?? []))
  expect(Object.keys(after.stages)).toEqual(['extract', 'draft', 'extract2', 'draft2'])
  expect(after.stages.draft2).toEqual({ kind: 'model', prompt: '{{ extract2.problem }}', after: ['extract2'] })
  expect(after.layout?.extract2).toEqual({ x: 352, y: 112 })
})

it('keeps references to stages that were not copied', () => {
  const pasted = pasteStages(chainOf(TEXT), copyStages(TEXT, ['draft']), { ...BESIDE, at: { x: 0, y: 0 } })
  expect(pasted?.stages.map(({ id, edits }) => [id, edits])).toEqual([
    [
      'draft2',
      [
        {
          kind: 'addStage',
          id: 'draft2',
          stage: { kind: 'model', prompt: '{{ extract.problem }}', after: ['extract'] },
          position: { x: 0, y: 0 },
        },
      ],
    ],
  ])
})

it('does not mix up ids when a new id is one that another pasted stage has', () => {
  const text = 'stages:\n  a2: { kind: transform, value: "{{ a }}" }\n  a: { kind: transform, value: 1 }\n'
  const chain = chainOf(
    'jacquard: 1\nstages: { a: { kind: transform, value: 0 }, a2: { kind: transform, value: 0 } }\n',
  )
  const stages = pasteStages(chain, text, BESIDE)?.stages ?? []
  expect(stages.map(({ id, edits }) => [id, edits[0]?.kind === 'addStage' ? edits[0].stage : null])).toEqual([
    ['a3', { kind: 'transform', value: '{{ a4 }}' }],
    ['a4', { kind: 'transform', value: 1 }],
  ])
})

it('says that a text holds no stages', () => {
  expect([
    pasteStages(chainOf(TEXT), 'Dear all,\nstages of grief: five', BESIDE),
    pasteStages(chainOf(TEXT), 'stages: [1', BESIDE),
  ]).toEqual([null, null])
})

const MAPPED = `jacquard: 1
stages:
  list: { kind: transform, value: [1, 2] }
  each:
    kind: map
    over: "{{ list }}"
    as: entry
    stages:
      # Doubled.
      double: { kind: transform, value: "{{ entry * 2 }}" }
layout:
  each: { x: 320, y: 80 }
  double: { x: 56, y: 72 }
`

it('copies a map with all inside it, once, under ids that are free in the whole chain', () => {
  const copied = copyStages(MAPPED, ['each', 'double'])
  expect(copied).toContain('# Doubled.')
  expect(copied.match(/double:/g)).toHaveLength(2)
  const chain = chainOf(MAPPED)
  const after = chainOf(
    editChain(MAPPED, pasteStages(chain, copied, BESIDE)?.stages.flatMap(({ edits }) => edits) ?? []),
  )
  expect(after.stages.each2).toMatchObject({ stages: { double2: { value: '{{ entry * 2 }}' } } })
  expect([after.layout?.each2, after.layout?.double2]).toEqual([
    { x: 352, y: 112 },
    { x: 56, y: 72 },
  ])
})

it('copies a stage out of its map, and pastes it into the one that is asked for', () => {
  const pasted = pasteStages(chainOf(MAPPED), copyStages(MAPPED, ['double']), {
    at: { x: 56, y: 200 },
    mapOf: (id) => (id === 'double' ? 'each' : null),
  })
  const after = chainOf(editChain(MAPPED, pasted?.stages.flatMap(({ edits }) => edits) ?? []))
  expect(after.stages.each).toMatchObject({ stages: { double: {}, double2: { value: '{{ entry * 2 }}' } } })
  expect(after.layout?.double2).toEqual({ x: 56, y: 200 })
})
