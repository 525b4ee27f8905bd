import { expect, it } from 'vitest'
import { parseChain } from './chainDocument.ts'
import { onlyStage } from './onlyStage.ts'

const CHAIN = `jacquard: 1
source: { folder: inputs }
stages:
  clean: { kind: transform, value: "{{ $trim(item.text) }}" }
  parts: { kind: chunk, text: "{{ clean }}", by: characters, size: 100 }
  each:
    kind: map
    over: "{{ parts }}"
    as: part
    stages:
      gist: { kind: model, prompt: "{{ part.text }}" }
  judge: { kind: model, prompt: "{{ each }} {{ clean }}" }
  other: { kind: model, prompt: "{{ item.text }}" }
sink: { jsonl: out.jsonl }
layout: { clean: { x: 1, y: 2 } }
`
const stagesOf = (text: string | null) => Object.keys(parseChain(text ?? '').chain?.stages ?? {})

it('keeps a stage and what it needs, and gives its output', () => {
  const text = onlyStage(CHAIN, 'judge')
  expect(stagesOf(text)).toEqual(['clean', 'parts', 'each', 'judge'])
  const { chain, problems } = parseChain(text ?? '')
  expect(problems.filter(({ severity }) => severity === 'error')).toEqual([])
  expect(chain).toMatchObject({ output: '{{ `judge` }}', source: { folder: 'inputs' } })
  expect(chain?.sink).toBeUndefined()
})
it('brings the map of a stage inside of it', () => {
  expect(stagesOf(onlyStage(CHAIN, 'gist'))).toEqual(['clean', 'parts', 'each'])
})
it('knows no other stage', () => {
  expect(onlyStage(CHAIN, 'none')).toBeNull()
  expect(onlyStage('stages: [', 'judge')).toBeNull()
})
