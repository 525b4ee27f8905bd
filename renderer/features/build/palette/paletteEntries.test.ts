import { expect, it } from 'vitest'
import { parseChain } from '../../../../shared/chainDocument.ts'
import { editChain } from '../../../../shared/chainEdit.ts'
import { SINK_KINDS } from '../../../../shared/sink.ts'
import { SOURCE_KINDS } from '../../../../shared/source.ts'
import { STAGE_KINDS } from '../../../../shared/stages.ts'
import { SOURCE_NODE } from '../canvas/nodeIds.ts'
import { addStageEdits } from '../edits/addStageEdits.ts'
import { SINKS, SOURCES } from './endEntries.ts'
import { isStageEntry, PALETTE, searchPalette } from './paletteEntries.ts'

const TEXT = 'jacquard: 1\nsource: { folder: inputs }\nstages:\n  extract: { kind: model, prompt: "{{ item.text }}" }\n'

const stageEntries = PALETTE.filter(isStageEntry)
/** A map is added before what runs in it. */
const TO_DO = 'A map needs at least one stage'

it('adds every stage of the palette as one that has no errors, wired to what it was put behind', () => {
  const { chain } = parseChain(TEXT)
  if (chain === null) throw new Error('The chain of this test cannot be read.')
  for (const entry of stageEntries)
    for (const behind of [null, SOURCE_NODE, 'extract']) {
      const { first, last, edits } = addStageEdits(chain, entry, { behind, position: { x: 0, y: 0 }, map: null })
      const after = parseChain(editChain(TEXT, edits))
      const errors = after.problems.filter(
        ({ severity, message }) => severity === 'error' && !message.startsWith(TO_DO),
      )
      expect([entry.title, behind, errors, last in (after.chain?.stages ?? {})]).toEqual([
        entry.title,
        behind,
        [],
        true,
      ])
      // A gather takes in its lane, whatever it was put behind.
      if (after.chain?.stages[first]?.kind === 'gather') continue
      const wired = after.graph?.wires.filter((wire) => wire.to === first).map((wire) => wire.from) ?? null
      const expected = behind === 'extract' ? ['extract'] : behind === SOURCE_NODE || entry.isTemplate ? ['item'] : []
      expect([entry.title, behind, wired]).toEqual([entry.title, behind, expected])
    }
})

it('adds a template to a map as one that is about the element', () => {
  const text = `${TEXT}  each: { kind: map, over: [1, 2], as: entry, stages: {} }\n`
  const { chain } = parseChain(text)
  const summarise = stageEntries.find(({ id }) => id === 'summarise')
  if (chain === null || summarise === undefined) throw new Error('The chain of this test cannot be read.')
  const { edits } = addStageEdits(chain, summarise, { behind: null, position: null, map: 'each' })
  const after = parseChain(editChain(text, edits))
  expect(after.problems).toEqual([])
  expect(after.graph?.wires).toContainEqual({ from: 'each', to: 'summarise', kind: 'data', fields: [] })
})

it('has an entry for every kind of stage, source and sink', () => {
  const kinds = stageEntries
    .filter(({ isTemplate }) => !isTemplate)
    .map((entry) => Object.values(entry.stages(''))[0]?.kind)
  expect(kinds).toEqual([...STAGE_KINDS])
  expect(SOURCES.map(({ source }) => source).sort()).toEqual([...SOURCE_KINDS, 'several'].sort())
  expect(SINKS.map(({ sink }) => sink)).toEqual([...SINK_KINDS])
})

it('finds entries by any of their words, those whose title begins with it first', () => {
  const titles = (search: string) => searchPalette(PALETTE, search).map((entry) => entry.title)
  expect(titles('cs')[0]).toBe('CSV table')
  expect(titles('zebra')).toEqual([])
  expect(titles(' ')).toHaveLength(PALETTE.length)
  const first = (search: string) => titles(search)[0]
  expect(['split text', 'loop', 'group', 'http', 'pdf', 'foreach', 'join two'].map(first)).toEqual([
    'Chunk',
    'Map',
    'Gather',
    'Fetch',
    'Summarise sections',
    'Map',
    'Several sources',
  ])
  expect(titles('pdf')).toContain('Folder')
})
