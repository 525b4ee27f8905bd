import { expect, it } from 'vitest'
import { keysAt, wordsAt } from './chainKeys.ts'

const NONE: ReadonlyMap<string, string> = new Map()
const names = (path: readonly string[], values = NONE) => keysAt(path, values).map(({ key }) => key)

it('knows the keys of the document, of a stage and of what is in it', () => {
  expect(names([])).toContain('stages')
  expect(names(['stages', 'anything', 'retry'])).toEqual(['attempts', 'backoff'])
  expect(names(['source'])).toEqual(expect.arrayContaining(['folder', 'csv', 'jsonl', 'text']))
})

it('offers a stage the keys of its kind only', () => {
  expect(names(['stages', 'a'], new Map([['kind', 'transform']]))).toContain('value')
  expect(names(['stages', 'a'], new Map([['kind', 'transform']]))).not.toContain('prompt')
})

it('knows the words that may stand behind a key', () => {
  expect(wordsAt(['stages', 'a'], NONE, 'kind')).toEqual(['model', 'transform'])
  expect(wordsAt(['stages', 'a'], NONE, 'onError')).toEqual(['fail', 'skip'])
  expect(wordsAt(['source'], NONE, 'recursive')).toEqual(['true', 'false'])
})

it('carries the descriptions of the format along', () => {
  expect(keysAt(['stages', 'a'], NONE).find(({ key }) => key === 'when')?.description).toContain('skipped')
})

it('has nothing to offer inside a JSON Schema or a prompt', () => {
  expect(names(['stages', 'a', 'prompt'])).toEqual([])
})
