import { expect, it } from 'vitest'
import { parseChain } from '../../../../shared/chainDocument.ts'
import { editChain } from '../../../../shared/chainEdit.ts'
import { SOURCE_NODE } from '../canvas/nodeIds.ts'
import { addStageEdits } from '../edits/addStageEdits.ts'
import { PALETTE, searchPalette } from './paletteEntries.ts'

const TEXT = 'jacquard: 1\nsource: { folder: inputs }\nstages:\n  extract: { kind: model, prompt: "{{ item.text }}" }\n'

const stageEntries = PALETTE.flatMap((entry) => ('build' in entry ? [entry] : []))

it('adds every stage of the palette as one that has no errors, wired to what it was put behind', () => {
  const { chain } = parseChain(TEXT)
  if (chain === null) throw new Error('The chain of this test cannot be read.')
  for (const entry of stageEntries)
    for (const behind of [null, SOURCE_NODE, 'extract']) {
      const { id, edits } = addStageEdits(chain, entry, { behind, position: { x: 0, y: 0 } })
      const after = parseChain(editChain(TEXT, edits))
      const errors = after.problems.filter(({ severity }) => severity === 'error')
      const wired = after.graph?.wires.filter((wire) => wire.to === id).map((wire) => wire.from) ?? null
      const expected = behind === 'extract' ? ['extract'] : behind === SOURCE_NODE || entry.isTemplate ? ['item'] : []
      expect([entry.title, behind, errors, wired]).toEqual([entry.title, behind, [], expected])
    }
})

it('finds entries by any of their words, those whose title begins with it first', () => {
  const titles = (search: string) => searchPalette(PALETTE, search).map((entry) => entry.title)
  expect(titles('cs')[0]).toBe('CSV table')
  expect(titles('email')).toEqual(['Draft a reply'])
  expect(titles('zebra')).toEqual([])
  expect(titles(' ')).toHaveLength(PALETTE.length)
})
