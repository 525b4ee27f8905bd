import { describe, expect, it } from 'vitest'
import { parseChain } from '../../../shared/chainDocument.ts'
import { launchBlock } from './launchBlock.ts'
import type { PreviewState } from './useSourcePreview.ts'

const problems = parseChain('jacquard: 1\nstages:\n  a: { kind: transform, value: 1 }\n').problems
const broken = parseChain('jacquard: 1\nstages:\n  a: { kind: transform, value: "{{ nobody }}" }\n').problems
const preview: PreviewState = {
  status: 'ready',
  preview: { label: 'inputs', total: 3, items: [], fields: [], sample: null },
}
const output = 'results/a.jsonl'

describe('what keeps a launch from going', () => {
  it('is nothing when the chain, its items and the file are fine', () => {
    expect(launchBlock({ problems, preview, items: 3, output, params: [] })).toBeNull()
  })

  it('names the first thing to set right', () => {
    expect(launchBlock({ problems: broken, preview, items: 3, output, params: [] })).toBe('The chain has an error.')
    expect(launchBlock({ problems, preview: { status: 'none' }, items: null, output, params: [] })).toBe(
      'Choose where the items come from.',
    )
    expect(launchBlock({ problems, preview, items: 0, output, params: [] })).toBe('There are no items.')
    expect(launchBlock({ problems, preview, items: 3, output: 'a.txt', params: [] })).toBe(
      'The results need a file name.',
    )
    expect(launchBlock({ problems, preview, items: 3, output: null, params: ['day'] })).toBe(
      'The param day needs a value.',
    )
  })
})
