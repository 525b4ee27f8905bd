import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parseChain } from './chainDocument.ts'
import { type ChainEdit, editChain } from './chainEdit.ts'

const CHAIN = `# Sorts tickets.
jacquard: 1
name: Triage
source: { folder: inputs } # relative
stages:
  # What the ticket is about.
  extract:
    kind: model
    tier: local # cheap
    prompt: "{{ item.text }}"
  classify:
    kind: model
    input:
      text: "{{ item.text }}"
      problem: "{{ extract.problem }}"
  draft:
    kind: model
    when: "{{ classify.category != 'other' }}"
    prompt: |
      Reply to {{ item.text }}
      about {{ extract.problem }}.
output:
  category: "{{ classify.category }}"
layout:
  extract: { x: 1, y: 2 }
`
const edit = (...edits: ChainEdit[]) => editChain(CHAIN, edits)
const stage = (text: string, id: string) => parseChain(text).chain?.stages[id]

describe('an edit of a chain', () => {
  it('changes its value and nothing else', () => {
    expect(edit({ kind: 'set', path: ['stages', 'extract', 'tier'], value: 'standard' })).toBe(
      CHAIN.replace('tier: local', 'tier: standard'),
    )
  })
  it('puts a new key where the format has it', () => {
    const text = edit({ kind: 'set', path: ['stages', 'extract', 'instructions'], value: 'You extract.\nFacts only.' })
    expect(text).toContain(
      'tier: local # cheap\n    instructions: |-\n      You extract.\n      Facts only.\n    prompt:',
    )
  })
  it('keeps every comment', () => {
    const text = edit(
      { kind: 'renameStage', from: 'extract', to: 'facts' },
      { kind: 'addStage', id: 'sum', stage: { kind: 'model', prompt: 'Sum' }, position: { x: 10.4, y: 20 } },
      { kind: 'move', positions: { classify: { x: 5, y: 6 } } },
    )
    for (const comment of CHAIN.match(/#.*/g) ?? []) expect(text).toContain(comment)
    expect(text).toContain('sum: { x: 10, y: 20 }')
  })
  it('that renames a stage follows it through every expression', () => {
    const text = edit({ kind: 'renameStage', from: 'extract', to: 'facts' })
    expect(text).not.toMatch(/extract[:.]/)
    expect(parseChain(text).problems).toEqual(
      parseChain(CHAIN).problems.map((problem) => expect.objectContaining({ severity: problem.severity })),
    )
    expect(
      parseChain(text)
        .graph?.wires.filter(({ from }) => from === 'facts')
        .map(({ to }) => to),
    ).toEqual(['classify', 'draft'])
  })
  it('renames names only, not text or fields that look alike', () => {
    const text = editChain(
      'jacquard: 1\nstages:\n  a: { kind: model }\n  b: { kind: model, prompt: "a {{ item.a & a & \\"a\\" }}" }\n',
      [{ kind: 'renameStage', from: 'a', to: 'first' }],
    )
    expect(stage(text, 'b')).toMatchObject({ prompt: 'a {{ item.a & first & "a" }}' })
  })
  it('that connects writes the reference, once', () => {
    const once = edit({ kind: 'connect', from: 'draft', to: 'classify' })
    expect(stage(once, 'classify')).toMatchObject({ input: { draft: '{{ draft }}' } })
    expect(editChain(once, [{ kind: 'connect', from: 'draft', to: 'classify' }])).toBe(once)
    expect(stage(edit({ kind: 'connect', from: 'classify', to: 'draft' }), 'draft')).toMatchObject({
      prompt: expect.stringContaining('{{ extract.problem }}'),
    })
  })
  it('that disconnects takes every reference out and leaves the rest of the text', () => {
    const text = edit(
      { kind: 'disconnect', from: 'extract', to: 'draft' },
      { kind: 'disconnect', from: 'extract', to: 'classify' },
    )
    expect(stage(text, 'draft')).toMatchObject({ prompt: expect.stringContaining('Reply to {{ item.text }}') })
    expect(stage(text, 'classify')).toMatchObject({ input: { text: '{{ item.text }}' } })
    expect(parseChain(text).graph?.wires.some(({ from }) => from === 'extract')).toBe(false)
  })
  it('that disconnects a condition takes the condition out', () => {
    expect(stage(edit({ kind: 'disconnect', from: 'classify', to: 'draft' }), 'draft')).not.toHaveProperty('when')
  })
  it('that removes a stage removes its place and its order', () => {
    const text = edit(
      { kind: 'set', path: ['stages', 'draft', 'after'], value: ['extract'] },
      { kind: 'removeStages', ids: ['extract'] },
    )
    expect(Object.keys(parseChain(text).chain?.stages ?? {})).toEqual(['classify', 'draft'])
    expect(text).not.toContain('layout')
    expect(text).not.toContain('after')
  })
  it('starts a chain in an empty text', () => {
    const text = editChain('', [
      { kind: 'set', path: ['jacquard'], value: 1 },
      { kind: 'addStage', id: 'a', stage: { kind: 'model', prompt: 'x', tier: 'local' }, position: null },
    ])
    expect(parseChain(text).problems).toEqual([])
    expect(text).toBe('jacquard: 1\nstages:\n  a:\n    kind: model\n    tier: local\n    prompt: x\n')
  })
  it('that moves a stage into a map puts it on lines of its own, also where the map’s id begins with the stage’s', () => {
    const text =
      'jacquard: 1\nstages:\n  a:\n    kind: transform\n    value: 1\n  ab: { kind: map, over: [1], as: e, stages: {} }\n'
    const moved = editChain(text, [{ kind: 'moveStages', ids: ['a'], map: 'ab' }])
    expect(parseChain(moved).chain?.stages).toMatchObject({ ab: { stages: { a: { value: 1 } } } })
    const block = text.replace(
      'ab: { kind: map, over: [1], as: e, stages: {} }',
      'ab:\n    kind: map\n    over: [1]\n    as: e\n    stages: {}',
    )
    expect(editChain(block, [{ kind: 'moveStages', ids: ['a'], map: 'ab' }])).toContain(
      'stages:\n      a:\n        kind: transform\n',
    )
  })
  it('whatever it is leaves readable YAML with the stages that were meant', () => {
    const id = fc.constantFrom('extract', 'classify', 'draft', 'new1', 'new2')
    const anyEdit: fc.Arbitrary<ChainEdit> = fc.oneof(
      fc.record({
        kind: fc.constant('addStage' as const),
        id: fc.constantFrom('new1', 'new2'),
        stage: fc.constant({ kind: 'model' as const, prompt: 'p {{ item }}' }),
        position: fc.constant({ x: 1, y: 1 }),
      }),
      fc.record({ kind: fc.constant('removeStages' as const), ids: fc.array(id, { maxLength: 2 }) }),
      fc.record({ kind: fc.constant('connect' as const), from: id, to: id }),
      fc.record({ kind: fc.constant('disconnect' as const), from: id, to: id }),
      fc.record({
        kind: fc.constant('set' as const),
        path: fc.constant(['stages', 'new1', 'prompt']),
        value: fc.string(),
      }),
    )
    fc.assert(
      fc.property(fc.array(anyEdit, { maxLength: 8 }), (edits) => {
        const text = editChain(CHAIN, edits)
        expect(parseChain(text).problems.filter(({ message }) => message.startsWith('This is not valid YAML'))).toEqual(
          [],
        )
        expect(editChain(text, [])).toBe(text)
      }),
    )
  })
})
