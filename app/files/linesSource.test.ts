import { afterEach, expect, it } from 'vitest'
import type { LinesSource } from '../../shared/source.ts'
import { countOf, readAll, values } from '../testing/readSource.ts'
import { aWorkspace, type TestWorkspace } from '../testing/workspace.ts'
import { openSource } from './openSource.ts'

const opened: TestWorkspace[] = []
afterEach(async () => {
  for (const workspace of opened.splice(0)) await workspace.remove()
})

async function open(text: string | Uint8Array, source: Partial<LinesSource> = {}) {
  const workspace = await aWorkspace()
  opened.push(workspace)
  await workspace.write('a.log', text)
  return openSource({ lines: 'a.log', ...source }, workspace.folder, null)
}

const LOG = 'preamble\n2026-01-01 first\n  at x\n\n  at y\n2026-01-02 second\n\n\n2026-01-03 third\n'
const DATED = { pattern: '^\\d{4}-\\d\\d-\\d\\d' }

it('gives each line that is not blank, with its number', async () => {
  const source = await open('one\r\n\r\ntwo\n   \nthree')
  expect(values(await readAll(source))).toEqual([
    { line: 1, text: 'one' },
    { line: 3, text: 'two' },
    { line: 5, text: 'three' },
  ])
  expect(await countOf(source)).toBe(3)
})

it('joins the lines of a record where a pattern says what begins one; nothing is lost', async () => {
  const source = await open(LOG, DATED)
  expect(values(await readAll(source))).toEqual([
    { line: 1, text: 'preamble' },
    { line: 2, text: '2026-01-01 first\n  at x\n\n  at y' },
    { line: 6, text: '2026-01-02 second' },
    { line: 9, text: '2026-01-03 third' },
  ])
  expect(await countOf(source)).toBe(4)
})

it.each([0, 1, 2, 3, 4])('can be read from record %s on, with the same indexes', async (from) => {
  const source = await open(LOG, DATED)
  const all = await readAll(source)
  expect(await readAll(source, from)).toEqual(all.slice(from))
})

it('makes a record that is too long one failed item', async () => {
  const source = await open(`2026-01-01 a\n${`${'x'.repeat(999)}\n`.repeat(1100)}2026-01-02 b\n`, DATED)
  expect(values(await readAll(source))).toEqual([
    'The record at line 1 is longer than 1 MB.',
    { line: 1102, text: '2026-01-02 b' },
  ])
  const single = await open(`a\n${'x'.repeat(1_000_001)}\nb`)
  expect(values(await readAll(single))[1]).toBe('The record at line 2 is longer than 1 MB.')
})

it('takes Latin-1 and UTF-16', async () => {
  expect(values(await readAll(await open(Buffer.from('Grüße', 'latin1'))))).toEqual([{ line: 1, text: 'Grüße' }])
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('a\r\nü', 'utf16le')])
  expect(values(await readAll(await open(utf16)))).toEqual([
    { line: 1, text: 'a' },
    { line: 2, text: 'ü' },
  ])
})

it('cannot be hung by a pattern, and says which it does not understand', async () => {
  const source = await open(`${'a'.repeat(4000)}!\n`.repeat(50), { pattern: '^(a+)+$' })
  expect(await countOf(source)).toBe(1)
  await expect(open('a', { pattern: '(' })).rejects.toThrow("The source's pattern `(` is not understood")
  await expect(open('a', { pattern: 'a(?=b)' })).rejects.toThrow('may not look ahead')
})
