import { describe, expect, test } from 'vitest'
import { knowledgeText } from './knowledgeText.ts'

describe('a knowledge file before the instructions', () => {
  test('stands as it is under its name', () => {
    expect(knowledgeText({ file: 'kb/a.md', text: 'Facts.\n' })).toBe('--- Reference: kb/a.md ---\nFacts.')
  })

  test('shows each example with its input and output, where it lists them', () => {
    const text = '- input: hot\n  output: { feeling: warm }\n- input: cold\n  output: { feeling: chilly }\n'
    expect(knowledgeText({ file: 'e.yaml', as: 'examples', text })).toBe(
      '--- Examples: e.yaml ---\nExample 1:\nInput: hot\nOutput: {"feeling":"warm"}\n\nExample 2:\nInput: cold\nOutput: {"feeling":"chilly"}',
    )
  })

  test('stands as it is written where it lists none', () => {
    for (const text of ['Just prose.', '[1, 2]', '- input: only', 'a: [', '[]'])
      expect(knowledgeText({ file: 'e', as: 'examples', text })).toBe(`--- Examples: e ---\n${text}`)
  })
})
