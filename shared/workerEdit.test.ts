import { expect, it } from 'vitest'
import { editWorker, printWorker } from './workerEdit.ts'

const TEXT = `# Who wrote this
name: a # short
system_prompt: |
  Do it.
default_model_tier: local
`

it('keeps comments and the rest of the text through an edit', () => {
  expect(editWorker(TEXT, [{ path: ['default_model_tier'], value: 'frontier' }])).toBe(
    TEXT.replace('local', 'frontier'),
  )
})

it('leaves lists and maps on one line as they are written', () => {
  const text = 'name: a\ninput_schema: { required: [a, b], x: {y: [ 1 ]}, z: [{ q: 1 }], e: [], f: {} }\nrepair: 1\n'
  expect(editWorker(text, [{ path: ['repair'], value: 2 }])).toBe(text.replace('repair: 1', 'repair: 2'))
})

it('puts a new key where the format has it', () => {
  const text = editWorker(TEXT, [
    { path: ['description'], value: 'Does it.' },
    { path: ['max_output_tokens'], value: 5 },
    { path: ['output_schema'], value: { type: 'object', properties: { a: { type: 'string' } } } },
  ])
  expect(text.match(/^\w+/gm)).toEqual([
    'name',
    'description',
    'system_prompt',
    'output_schema',
    'default_model_tier',
    'max_output_tokens',
  ])
  expect(text).toContain('output_schema:\n  type: object\n')
})

it('writes text of several lines as a block, new or changed', () => {
  const text = editWorker('name: a\n', [{ path: ['system_prompt'], value: 'One.\nTwo.\n' }])
  expect(text).toBe('name: a\nsystem_prompt: |\n  One.\n  Two.\n')
  expect(editWorker(text, [{ path: ['system_prompt'], value: 'One.' }])).toBe('name: a\nsystem_prompt: One.\n')
})

it('takes a key out', () => {
  expect(editWorker('name: a\nrepair: 2\n', [{ path: ['repair'], value: undefined }])).toBe('name: a\n')
})

it('prints a new worker with its keys in order', () => {
  expect(printWorker({ system_prompt: 'Do it.\n', name: 'a' })).toBe('name: a\nsystem_prompt: |\n  Do it.\n')
})
