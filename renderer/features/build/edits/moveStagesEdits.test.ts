import { expect, it } from 'vitest'
import type { Chain } from '../../../../shared/chain.ts'
import { parseChain } from '../../../../shared/chainDocument.ts'
import { editChain } from '../../../../shared/chainEdit.ts'
import { brokenBy, moveRefusal, moveStagesEdits } from './moveStagesEdits.ts'
import { renameElementEdits } from './renameElementEdits.ts'

const TEXT = `jacquard: 1
source: { folder: inputs }
stages:
  parts: { kind: chunk, text: "{{ item.text }}", by: tokens, size: 100 }
  read:
    kind: map
    over: "{{ parts }}"
    as: part
    stages:
      gist: { kind: model, prompt: "{{ part.text }}, part {{ part.index }}", when: "part.index < 3" }
      inner:
        kind: map
        over: "{{ part.words }}"
        as: part
        stages:
          word: { kind: transform, value: "{{ part }}" }
    output: { gist: "{{ gist }}", of: "{{ part.index }}" }
  tens: { kind: gather, size: 10 }
`

function chainOf(text: string): Chain {
  const { chain } = parseChain(text)
  if (chain === null) throw new Error('The chain of this test cannot be read.')
  return chain
}

it('tells which references a move breaks, and nothing where it breaks none', () => {
  const out = editChain(TEXT, moveStagesEdits({ ids: ['gist'], map: null, positions: { gist: { x: 8, y: 8 } } }))
  expect(chainOf(out).layout?.gist).toEqual({ x: 8, y: 8 })
  expect(brokenBy(TEXT, out).some((message) => message.includes('Unknown name `part`'))).toBe(true)
  const into = editChain(TEXT, moveStagesEdits({ ids: ['word'], map: 'read', positions: {} }))
  expect(brokenBy(TEXT, into)).toEqual([])
})

it('puts no map into itself, and no gather into a map', () => {
  expect([
    moveRefusal(chainOf(TEXT), ['read'], 'inner'),
    moveRefusal(chainOf(TEXT), ['tens'], 'read'),
    moveRefusal(chainOf(TEXT), ['parts'], 'read'),
  ]).toEqual(['A map cannot stand inside itself.', expect.stringContaining('stands at the top') as string, null])
})

it('renames a map’s element wherever it is meant, and not where a map inside has one of that name', () => {
  const text = editChain(TEXT, renameElementEdits(chainOf(TEXT), 'read', 'section'))
  expect(chainOf(text).stages.read).toMatchObject({
    as: 'section',
    over: '{{ parts }}',
    stages: {
      gist: { prompt: '{{ section.text }}, part {{ section.index }}', when: 'section.index < 3' },
      inner: { over: '{{ section.words }}', as: 'part', stages: { word: { value: '{{ part }}' } } },
    },
    output: { gist: '{{ gist }}', of: '{{ section.index }}' },
  })
})
