import { readdir } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { afterEach, expect, it } from 'vitest'
import { anXlsx } from '../testing/officeFiles.ts'
import { countOf, readAll, values } from '../testing/readSource.ts'
import { aWorkspace, type TestWorkspace } from '../testing/workspace.ts'
import { openSource } from './openSource.ts'

const opened: TestWorkspace[] = []
afterEach(async () => {
  for (const workspace of opened.splice(0)) await workspace.remove()
})

async function open(content: Uint8Array, sheet?: string) {
  const workspace = await aWorkspace()
  opened.push(workspace)
  await workspace.write('a.xlsx', content)
  return openSource(sheet === undefined ? { xlsx: 'a.xlsx' } : { xlsx: 'a.xlsx', sheet }, workspace.folder, null)
}

const BOOK = anXlsx({
  Orders: [
    ['id', 'when', 'paid', 'note'],
    [1, new Date('2026-03-01'), true, 'a'],
    [null, null, null, null],
    [2.5, new Date('2026-03-01T09:30:00Z'), false, null],
    [3],
  ],
  Others: [['x'], ['y']],
})

it('gives each row by the names in the first one; dates are ISO, empty cells null, blank rows left out', async () => {
  const source = await open(BOOK)
  const rows = [
    { id: 1, when: '2026-03-01', paid: true, note: 'a' },
    { id: 2.5, when: '2026-03-01T09:30:00', paid: false, note: null },
    { id: 3, when: null, paid: null, note: null },
  ]
  expect(values(await readAll(source))).toEqual(rows)
  expect(values(await readAll(source, 1))).toEqual(rows.slice(1))
  expect(await countOf(source)).toBe(3)
  await source.close()
})

it('takes the sheet asked for, and says where there is none', async () => {
  const source = await open(BOOK, 'Others')
  expect(values(await readAll(source))).toEqual([{ x: 'y' }])
  await source.close()
  await expect(open(BOOK, 'Nope')).rejects.toThrow(/There is no sheet Nope in it.*Orders/)
})

it('says what is wrong with a file that is no workbook, or an empty one', async () => {
  await expect(open(Buffer.from('no zip'))).rejects.toThrow('a.xlsx cannot be read. It is damaged')
  await expect(open(anXlsx({ S: [] }))).rejects.toThrow('a.xlsx is empty')
})

it('leaves nothing behind when it is closed', async () => {
  const leftOver = async () => (await readdir(tmpdir())).filter((name) => name.startsWith('jacquard-sheet-'))
  const before = await leftOver()
  const source = await open(BOOK)
  await readAll(source)
  await source.close()
  expect((await leftOver()).filter((name) => !before.includes(name))).toEqual([])
})
