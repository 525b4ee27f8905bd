import { describe, expect, it } from 'vitest'
import { parseChain } from '../../../../shared/chainDocument.ts'
import { type ChangeDraft, changeOf, editedText, isDifferent, modelStages, NO_CHANGE } from './draftChange.ts'

const TEXT = `jacquard: 1
name: Sort
source: { text: [a] }
stages:
  # What it is about.
  classify:
    kind: model
    tier: standard # deciding is harder
    prompt: "Sort {{ item }}"
  parts:
    kind: map
    over: "{{ item }}"
    as: element
    stages:
      summarise: { kind: model, prompt: "{{ element }}" }
`
const { chain } = parseChain(TEXT)
const scope = { kind: 'rest' } as const

function edit(stages: ChangeDraft['stages']): string {
  return chain === null ? '' : editedText(TEXT, chain, stages)
}

describe("a change of a run's chain", () => {
  it('can be made at every model stage, those inside maps too', () => {
    expect(chain && modelStages(chain).map(({ id }) => id)).toEqual(['classify', 'summarise'])
  })

  it('keeps comments and what is untouched', () => {
    const next = edit({ classify: { prompt: 'Sort this: {{ item }}', maxTokens: 200 } })
    expect(next).toContain('# What it is about.')
    expect(next).toContain('tier: standard # deciding is harder')
    expect(next).toContain('Sort this: {{ item }}')
    expect(next).toContain('maxTokens: 200')
    expect(edit({})).toBe(TEXT)
  })

  it('takes a key out whose text was emptied', () => {
    expect(edit({ classify: { instructions: 'Be brief.' } })).toContain('instructions: Be brief.')
    expect(edit({ classify: { prompt: '' } })).not.toContain('Sort {{ item }}')
  })

  it('asks for tiers and limits beside the text, and for no text that is the same', () => {
    const draft: ChangeDraft = { from: 'run', stages: { classify: { tier: 'local', maxTokens: 90 } } }
    const next = edit(draft.stages)
    expect(changeOf({ text: TEXT, next, draft, scope })).toEqual({
      scope,
      text: next,
      tiers: { classify: 'local' },
      stages: { classify: { maxTokens: 90 } },
    })
    const none = changeOf({ text: TEXT, next: TEXT, draft: NO_CHANGE, scope })
    expect(none).toEqual({ scope })
    expect(isDifferent(none)).toBe(false)
  })

  it('takes the chain from Build as it is, whatever was edited before', () => {
    const draft: ChangeDraft = { from: 'build', stages: { classify: { tier: 'local' } } }
    expect(changeOf({ text: TEXT, next: 'another', draft, scope })).toEqual({ scope, text: 'another' })
  })
})
