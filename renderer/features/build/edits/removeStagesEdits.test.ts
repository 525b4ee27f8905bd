import { expect, it } from 'vitest'
import { parseChain } from '../../../../shared/chainDocument.ts'
import { editChain } from '../../../../shared/chainEdit.ts'
import { removeStagesEdits } from './removeStagesEdits.ts'

const TEXT = `jacquard: 1
stages:
  extract: { kind: model, prompt: "{{ item.text }}" }
  draft: { kind: model, input: { facts: "{{ extract.facts }}", text: "{{ item.text }}" }, prompt: "About {{ extract }}", after: [extract] }
output: { facts: "{{ extract }}" }
`

function removed(ids: readonly string[]) {
  const { chain } = parseChain(TEXT)
  if (chain === null) throw new Error('The chain of this test cannot be read.')
  return parseChain(editChain(TEXT, removeStagesEdits(chain, ids)))
}

it('takes out entries that only handed the stage’s output on, and leaves written prompts as they are', () => {
  const { chain, problems } = removed(['extract'])
  expect(chain?.stages.draft).toEqual({
    kind: 'model',
    input: { text: '{{ item.text }}' },
    prompt: 'About {{ extract }}',
  })
  expect(problems.map(({ path }) => path)).toEqual([['stages', 'draft', 'prompt']])
})

it('takes the output out when nothing of it is left', () => {
  expect(removed(['extract']).chain?.output).toBeUndefined()
})
