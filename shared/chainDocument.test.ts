import { describe, expect, it } from 'vitest'
import { parseChain } from './chainDocument.ts'

const chainOf = (stages: string, rest = '') => `jacquard: 1\n${rest}stages:\n${stages}`
const problemsOf = (text: string) =>
  parseChain(text).problems.map(({ line, path, message }) => ({ line, path: path.join('.'), message }))

describe('a chain’s text', () => {
  it('that is right gives the chain, its order and its wires', () => {
    const { chain, graph, problems } = parseChain(
      chainOf(
        '  b: { kind: model, prompt: "{{ a.x }} {{ item.text }}" }\n  a: { kind: transform, value: "{{ item }}" }\n',
        'name: Two\n',
      ),
    )
    expect(problems).toEqual([])
    expect(chain?.name).toBe('Two')
    expect(graph?.order).toEqual(['a', 'b'])
    expect(graph?.wires).toEqual([
      { from: 'a', to: 'b', kind: 'data', fields: ['x'] },
      { from: 'item', to: 'b', kind: 'data', fields: ['text'] },
      { from: 'item', to: 'a', kind: 'data', fields: [] },
    ])
  })
  it('names an unknown key, its line, and the key that was meant', () => {
    expect(problemsOf(chainOf('  a:\n    kind: model\n    promt: hello\n'))).toEqual([
      { line: 5, path: 'stages.a.promt', message: 'Unknown key `promt`; did you mean `prompt`?' },
    ])
  })
  it('names an unknown key of a source by what the source is', () => {
    expect(problemsOf(chainOf('  a: { kind: model }\n', 'source: { folder: in, recusive: true }\n'))).toMatchObject([
      { line: 2, path: 'source.recusive', message: expect.stringContaining('did you mean `recursive`') },
    ])
  })
  it('says which kinds of stage there are', () => {
    expect(problemsOf(chainOf('  a: { kind: modell }\n'))).toMatchObject([
      { line: 3, path: 'stages.a.kind', message: expect.stringContaining('model, transform') },
    ])
  })
  it('names an unknown name inside an expression at its line', () => {
    const problems = problemsOf(chainOf('  a: { kind: model }\n  b:\n    kind: model\n    prompt: "{{ aa.x }}"\n'))
    expect(problems).toMatchObject([
      { line: 6, path: 'stages.b.prompt', message: expect.stringMatching(/Unknown name `aa`.*did you mean `a`/) },
    ])
  })
  it('shows a cycle as the way round', () => {
    const text = chainOf(
      '  a: { kind: model, prompt: "{{ c }}" }\n  b: { kind: model, prompt: "{{ a }}" }\n  c: { kind: model, prompt: "{{ b }}" }\n',
    )
    expect(problemsOf(text)).toMatchObject([{ message: expect.stringMatching(/wait for each other: .*→.*→.*→/) }])
  })
  it('refuses a stage that takes the name of something else, or depends on itself', () => {
    expect(problemsOf(chainOf('  item: { kind: model }\n'))).toMatchObject([{ path: 'stages.item' }])
    expect(problemsOf(chainOf('  a: { kind: model, prompt: "{{ a }}" }\n'))).toMatchObject([
      { message: 'Stage `a` uses its own output.' },
    ])
    expect(problemsOf(chainOf('  a: { kind: model, after: [b] }\n'))).toMatchObject([
      { path: 'stages.a.after.0', message: expect.stringContaining('no stage `b`') },
    ])
  })
  it('warns of a stage whose output nothing uses', () => {
    const { problems } = parseChain(chainOf('  a: { kind: model }\n  b: { kind: model }\noutput: "{{ a }}"\n'))
    expect(problems).toMatchObject([{ severity: 'warning', path: ['stages', 'b'] }])
  })
  it('counts a condition, an order and the output as wires of their own kind', () => {
    const { graph } = parseChain(
      chainOf(
        '  a: { kind: model }\n  b: { kind: model, when: "{{ a.ok }}" }\n  c: { kind: model, after: [b] }\noutput: "{{ c }}"\n',
      ),
    )
    expect(graph?.wires.map(({ from, to, kind }) => [from, to, kind])).toEqual([
      ['a', 'b', 'condition'],
      ['b', 'c', 'order'],
      ['c', null, 'data'],
    ])
  })
  it.each(['', 'stages: [', '- 1\n- 2\n', 'jacquard: 2\nstages: {}\n', '{{{', 'a: *nothing'])(
    'that is no chain (%j) gives problems, never an exception',
    (text) => {
      const parsed = parseChain(text)
      expect(parsed.chain).toBeNull()
      expect(parsed.problems.length).toBeGreaterThan(0)
    },
  )
})
