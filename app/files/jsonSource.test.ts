import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import fc from 'fast-check'
import { afterEach, expect, it } from 'vitest'
import type { Source } from '../../shared/source.ts'
import { SourceBroken } from '../ports/source.ts'
import { countOf, readAll, values } from '../testing/readSource.ts'
import { aWorkspace, type TestWorkspace } from '../testing/workspace.ts'
import { JsonListScanner } from './jsonList.ts'
import { openSource } from './openSource.ts'

const opened: TestWorkspace[] = []
afterEach(async () => {
  for (const workspace of opened.splice(0)) await workspace.remove()
})

async function aFile(content: string | Uint8Array): Promise<TestWorkspace> {
  const workspace = await aWorkspace()
  opened.push(workspace)
  await workspace.write('i.json', content)
  return workspace
}
const open = async (content: string | Uint8Array, source: Source = { json: 'i.json' }) =>
  openSource(source, (await aFile(content)).folder, null)

it('gives each element of a list, and of one that lies deeper', async () => {
  const list = await open('\uFEFF [ {"a": [1, "]"]} ,\n 2,null , "x,\\"]" ,[[]], true]')
  expect(values(await readAll(list))).toEqual([{ a: [1, ']'] }, 2, null, 'x,"]', [[]], true])
  expect(await countOf(list)).toBe(6)
  const deep = await open('{"x": {"rows": [9]}, "data" : {"n": 1, "rows": [1, 2]}}', {
    json: 'i.json',
    path: 'data.rows',
  })
  expect(values(await readAll(deep))).toEqual([1, 2])
  expect(values(await readAll(await open('[]')))).toEqual([])
})

it('makes an element that is not valid one failed item', async () => {
  expect(values(await readAll(await open('[1, {"a":}, tru, 4]')))).toEqual([
    1,
    expect.stringContaining('Element 2 is not valid JSON'),
    expect.stringContaining('Element 3 is not valid JSON'),
    4,
  ])
})

it('can be read from the middle, with the same indexes', async () => {
  const all = await readAll(await open('["a","b","c"]'), 1)
  expect(all.map(({ index, key }) => [index, key])).toEqual([
    [1, '2'],
    [2, '3'],
  ])
})

it('may be UTF-16', async () => {
  const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('["ä"]', 'utf16le')])
  expect(values(await readAll(await open(bytes)))).toEqual(['ä'])
})

it.each([
  ['{"a": 1, "b": []}', undefined, 'It is an object, not a list. Name the list in it with `path`.'],
  ['{"a": 1, "b": []}', 'rows', 'There is no `rows` in it. It has: a, b.'],
  ['{"a": {"c": 1}}', 'a.rows', 'There is no `rows` in `a`. It has: c.'],
  ['{"a": "x"}', 'a', '`a` in it is a text, not a list.'],
  ['[1]', 'a', 'It is a list, not an object.'],
  ['', undefined, 'It is empty.'],
  ['[1, 2', undefined, 'It ends in the middle of the list, after 1 elements.'],
  ['[1 2]', undefined, 'It is not valid JSON behind element 1: a comma was expected, not 2.'],
  ['hello', undefined, 'It is a single value, not a list.'],
])('%s with the path %s is no list that can be read, and says why', async (text, path, message) => {
  const source = await open(text, path === undefined ? { json: 'i.json' } : { json: 'i.json', path })
  await expect(readAll(source)).rejects.toThrow(`The source i.json cannot be read. ${message}`)
})

it('finds the same elements however the text is cut', () => {
  fc.assert(
    fc.property(
      fc.array(fc.jsonValue(), { maxLength: 6 }),
      fc.integer({ min: 1, max: 9 }),
      fc.boolean(),
      (list, size, isWide) => {
        const text = Buffer.from(JSON.stringify({ 'n"': [0], rows: list }, null, isWide ? 2 : 0))
        const scan = new JsonListScanner({ path: ['rows'], skip: 0, maxBytes: 1e6 })
        const found: unknown[] = []
        for (let at = 0; at < text.length; at += size)
          for (const { bytes } of scan.push(text.subarray(at, at + size)))
            found.push(JSON.parse(bytes.toString('utf8')))
        scan.end()
        expect(found).toEqual(JSON.parse(JSON.stringify(list)))
      },
    ),
  )
})

it('says what is wrong with any text at all, or reads it', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom(...'[]{}",:1a\\ ') }), (text) => {
      const scan = new JsonListScanner({ path: [], skip: 0, maxBytes: 1e6 })
      try {
        scan.push(Buffer.from(text))
        scan.end()
      } catch (error) {
        expect(error).toBeInstanceOf(SourceBroken)
      }
    }),
  )
})

it('a list of 20 MB is read without ever being held', async () => {
  const element = JSON.stringify({ text: 'x'.repeat(1000) })
  const workspace = await aFile(`[${Array.from({ length: 20_000 }, () => element).join(',')}]`)
  const source = await openSource({ json: 'i.json' }, workspace.folder, null)
  let items = 0
  let most = 0
  // Without it, what is no longer held is counted as well.
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  collect()
  const before = process.memoryUsage().arrayBuffers
  for await (const entries of source.entries(0, new AbortController().signal)) {
    items += entries.length
    if (items % 10 !== 0) continue
    collect()
    most = Math.max(most, process.memoryUsage().arrayBuffers - before)
  }
  expect(items).toBe(20_000)
  expect(most).toBeLessThan(2_000_000)
})
