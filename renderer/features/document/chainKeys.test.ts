import { expect, it } from 'vitest'
import { STAGE_KINDS } from '../../../shared/stages.ts'
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
  expect(wordsAt(['stages', 'a'], NONE, 'kind')).toEqual([...STAGE_KINDS])
  expect(wordsAt(['stages', 'a'], new Map([['kind', 'model']]), 'onError')).toEqual(['fail', 'skip'])
  expect(wordsAt(['stages', 'a'], new Map([['kind', 'map']]), 'onError')).toEqual(['fail', 'skip', 'collect'])
  expect(wordsAt(['source'], NONE, 'recursive')).toEqual(['true', 'false'])
})

it('carries the descriptions of the format along', () => {
  expect(keysAt(['stages', 'a'], NONE).find(({ key }) => key === 'when')?.description).toContain('skipped')
})

it('knows the stages inside maps, however deep, and sources by name', () => {
  const inside = ['stages', 'sections', 'stages', 'parts', 'stages', 'gist']
  expect(names(inside, new Map([['kind', 'gather']]))).toContain('correlate')
  expect(names(inside, new Map([['kind', 'chunk']]))).not.toContain('prompt')
  expect(names([...inside, 'pack'])).toEqual(['size', 'maxInputTokens', 'within', 'groupBy'])
  expect(names(['source', 'orders'])).toEqual(expect.arrayContaining(['csv', 'xlsx']))
  expect(names(['sink'])).toEqual(expect.arrayContaining(['document', 'separator']))
})

it('has nothing to offer inside a JSON Schema or a prompt', () => {
  expect(names(['stages', 'a', 'prompt'])).toEqual([])
})
