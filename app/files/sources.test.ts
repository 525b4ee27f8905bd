import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import type { Source } from '../../shared/source.ts'
import { countOf as count, objectOf, readAll, values } from '../testing/readSource.ts'
import { aWorkspace, type TestWorkspace } from '../testing/workspace.ts'
import { openSource } from './openSource.ts'

const opened: TestWorkspace[] = []
afterEach(async () => {
  for (const workspace of opened.splice(0)) await workspace.remove()
})

async function aFolder(files: Record<string, string> = {}): Promise<TestWorkspace> {
  const workspace = await aWorkspace(files)
  opened.push(workspace)
  return workspace
}

const open = (workspace: TestWorkspace, source: Source) => openSource(source, workspace.folder, null)

describe('a folder', () => {
  it('gives its files in the order people expect, with path, folder, name, text, bytes and time', async () => {
    const workspace = await aFolder({
      'in/a10.txt': 'ten',
      'in/a2.txt': 'two',
      'in/sub/b.md': '# B',
      'in/.hidden': 'x',
    })
    const source = await open(workspace, { folder: 'in' })
    const all = await readAll(source)
    expect(all.map(({ key }) => key)).toEqual(['a2.txt', 'a10.txt', 'sub/b.md'])
    expect(values(all)[2]).toEqual({
      path: 'sub/b.md',
      name: 'b.md',
      folder: 'sub',
      text: '# B',
      bytes: 3,
      modified: expect.stringMatching(/^\d{4}-/),
    })
    expect([await count(source), source.label]).toEqual([3, 'in'])
  })
  it('takes what include and exclude say, and no deeper folders where it is not recursive', async () => {
    const workspace = await aFolder({ 'in/a.txt': 'a', 'in/b.md': 'b', 'in/sub/c.txt': 'c' })
    const keys = async (source: Source) => (await readAll(await open(workspace, source))).map(({ key }) => key)
    expect(await keys({ folder: 'in', include: ['**/*.txt'] })).toEqual(['a.txt', 'sub/c.txt'])
    expect(await keys({ folder: 'in', exclude: ['sub/**'] })).toEqual(['a.txt', 'b.md'])
    expect(await keys({ folder: 'in', recursive: false })).toEqual(['a.txt', 'b.md'])
  })
  it('gives the readable text of a web page', async () => {
    const workspace = await aFolder({
      'in/p.html':
        '<html><head><style>b{}</style><script>x()</script></head><body><h1>Title</h1><p>One <a href="u">link</a>.</p></body></html>',
    })
    const [read] = await readAll(await open(workspace, { folder: 'in' }))
    expect(read?.read).toMatchObject({ ok: true, value: { text: 'Title\n\nOne link.' } })
  })
  it('finds the encoding of a file, and takes line ends of every system for one', async () => {
    const workspace = await aFolder()
    await workspace.write('in/1-utf16.txt', Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('Grüße', 'utf16le')]))
    await workspace.write('in/2-latin.txt', Buffer.from('Grüße', 'latin1'))
    await workspace.write('in/3-bom.txt', '\uFEFFGrüße')
    await workspace.write('in/4-lines.txt', 'one\r\ntwo\r\n')
    expect(
      (await readAll(await open(workspace, { folder: 'in' }))).map(({ read }) =>
        read.ok ? (read.value as { text: string }).text : '',
      ),
    ).toEqual(['Grüße', 'Grüße', 'Grüße', 'one\ntwo\n'])
  })
  it('makes a file that cannot be read that item’s failure (a kind not read yet, an empty one), and follows no links', async () => {
    const workspace = await aFolder({ 'in/a.txt': 'a', 'in/b.zip': 'PK\0', 'in/c.txt': '  \n', 'secret.txt': 's' })
    await symlink(join(workspace.folder, 'secret.txt'), join(workspace.folder, 'in', 'd.txt'))
    const all = await readAll(await open(workspace, { folder: 'in' }))
    expect(all.map(({ key, read }) => [key, read.ok])).toEqual([
      ['a.txt', true],
      ['b.zip', false],
      ['c.txt', false],
    ])
    expect(values(all).slice(1)).toEqual([
      expect.stringContaining('It is neither text nor of a kind that is read'),
      expect.stringContaining('no text'),
    ])
  })
  it('of a resumed run is the list that the run was begun with', async () => {
    const workspace = await aFolder({ 'in/a.txt': 'a', 'in/new.txt': 'n' })
    const source = await openSource({ folder: 'in' }, workspace.folder, ['gone.txt', 'a.txt'])
    const all = await readAll(source)
    expect(all.map(({ index, key, read }) => [index, key, read.ok])).toEqual([
      [0, 'gone.txt', false],
      [1, 'a.txt', true],
    ])
  })
  it('of a resumed run whose file has become a link out of it refuses that item', async () => {
    const workspace = await aFolder({ 'in/a.txt': 'a', 'secret.txt': 's' })
    await symlink(join(workspace.folder, 'secret.txt'), join(workspace.folder, 'in', 'd.txt'))
    const [read] = await readAll(await openSource({ folder: 'in' }, workspace.folder, ['d.txt']))
    expect(read?.read).toMatchObject({
      ok: false,
      failure: { message: expect.stringContaining('link out of the folder') },
    })
  })
  it('gives each item the params of the folders that it lies in, where the inner one wins', async () => {
    const workspace = await aFolder({
      'in/_params.yaml': 'language: English\ntone: kind\nlimit: 3\n',
      'in/de/_params.json': '{"language": "German", "limit": null}',
      'in/a.txt': 'a',
      'in/de/b.txt': 'b',
      'in/de/deep/c.txt': 'c',
    })
    const all = await readAll(await open(workspace, { folder: 'in' }))
    expect(all.map((entry) => [entry.key, objectOf(entry).params])).toEqual([
      ['a.txt', { language: 'English', tone: 'kind', limit: 3 }],
      ['de/b.txt', { language: 'German', tone: 'kind', limit: null }],
      ['de/deep/c.txt', { language: 'German', tone: 'kind', limit: null }],
    ])
  })
  it('whose params cannot be read fails the items below them, and no others', async () => {
    const workspace = await aFolder({
      'in/a.txt': 'a',
      'in/bad/_params.yaml': 'a: [',
      'in/bad/b.txt': 'b',
      'in/list/_params.yml': '- 1',
      'in/list/c.txt': 'c',
      'in/two/_params.yml': 'a: 1',
      'in/two/_params.json': '{}',
      'in/two/d.txt': 'd',
    })
    const all = await readAll(await open(workspace, { folder: 'in' }))
    expect(values(all).slice(1)).toEqual([
      expect.stringContaining('bad/_params.yaml cannot be read. It is not valid YAML'),
      'list/_params.yml cannot be read. It is not a mapping of names to values.',
      'Beside two/_params.yml stands _params.json: keep one of them.',
    ])
    expect(objectOf(all[0])).not.toHaveProperty('params')
  })
  it('that is not there is said with its name', async () => {
    const workspace = await aFolder()
    await expect(open(workspace, { folder: 'nope' })).rejects.toThrow(
      'The source folder nope cannot be read. There is no such file or folder.',
    )
  })
})

describe('a JSON Lines file', () => {
  const TEXT = '\uFEFF{"a":1}\r\n\n  \n{"a":\n[2]\n"text"'
  it('gives each line that is not blank; a broken one is one failed item with its line', async () => {
    const source = await open(await aFolder({ 'i.jsonl': TEXT }), { jsonl: 'i.jsonl' })
    expect(values(await readAll(source))).toEqual([
      { a: 1 },
      expect.stringContaining('Line 4 is not valid JSON'),
      [2],
      'text',
    ])
    expect(await count(source)).toBe(4)
  })
  it('may be UTF-16, or Latin-1', async () => {
    const workspace = await aFolder()
    await workspace.write(
      'a.jsonl',
      Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from('"ä"\r\n"ö"\r\n', 'utf16le').swap16()]),
    )
    await workspace.write('b.jsonl', Buffer.from('"ä"\n"ö"', 'latin1'))
    expect(values(await readAll(await open(workspace, { jsonl: 'a.jsonl' })))).toEqual(['ä', 'ö'])
    expect(values(await readAll(await open(workspace, { jsonl: 'b.jsonl' })))).toEqual(['ä', 'ö'])
  })
  it('whose line is too long to be held fails that item only', async () => {
    const source = await open(await aFolder({ 'i.jsonl': `1\n"${'x'.repeat(50_000_001)}"\n3\n` }), { jsonl: 'i.jsonl' })
    expect(values(await readAll(source))).toEqual([1, 'Line 2 is longer than 50 MB.', 3])
    expect(await count(source)).toBe(3)
  })
  it('can be read from the middle, with the same indexes', async () => {
    const source = await open(await aFolder({ 'i.jsonl': TEXT }), { jsonl: 'i.jsonl' })
    expect((await readAll(source, 2)).map(({ index, key }) => [index, key])).toEqual([
      [2, '3'],
      [3, '4'],
    ])
  })
  it('larger than what is read at once loses no line at the seams', async () => {
    const lines = Array.from({ length: 30_000 }, (_, index) => JSON.stringify({ index, pad: 'ü'.repeat(index % 90) }))
    const source = await open(await aFolder({ 'i.jsonl': lines.join('\n') }), { jsonl: 'i.jsonl' })
    const all = await readAll(source)
    expect(all.length).toBe(30_000)
    expect(all.every(({ index, read }) => read.ok && (read.value as { index: number }).index === index)).toBe(true)
    expect(await count(source)).toBe(30_000)
  })
})

describe('a CSV file', () => {
  it('gives rows by the names in the first line, with quotes, line ends inside cells and umlauts', async () => {
    const source = await open(
      await aFolder({ 'i.csv': '\uFEFFname,note\r\n"Müller, AG","says ""hi""\nand more"\r\nB,\r\n' }),
      { csv: 'i.csv' },
    )
    expect(values(await readAll(source))).toEqual([
      { name: 'Müller, AG', note: 'says "hi"\nand more' },
      { name: 'B', note: '' },
    ])
    expect(await count(source)).toBe(2)
  })
  it('finds out that semicolons separate', async () => {
    const source = await open(await aFolder({ 'i.csv': 'a;b\n1,5;2\n' }), { csv: 'i.csv' })
    expect(values(await readAll(source))).toEqual([{ a: '1,5', b: '2' }])
  })
  it('makes a row of another length one failed item with its line', async () => {
    const source = await open(await aFolder({ 'i.csv': 'a,b\n1,2\n1,2,3\n4,5\n' }), { csv: 'i.csv' })
    expect(values(await readAll(source))).toEqual([
      { a: '1', b: '2' },
      'Line 3 has 3 columns, the first line names 2.',
      { a: '4', b: '5' },
    ])
  })
  it('takes only the columns asked for, and says which there are', async () => {
    const workspace = await aFolder({ 'i.csv': 'a,b\n1,2\n' })
    expect(values(await readAll(await open(workspace, { csv: 'i.csv', columns: ['b'] })))).toEqual([{ b: '2' }])
    await expect(open(workspace, { csv: 'i.csv', columns: ['c'] })).rejects.toThrow('has no column c. It has: a, b.')
  })
  it('may be UTF-16, Latin-1 with some UTF-8, and hold quotes in the middle of a cell', async () => {
    const workspace = await aFolder()
    await workspace.write(
      'a.csv',
      Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('ä,b\r\nö,"x\ny"\r\n', 'utf16le')]),
    )
    await workspace.write(
      'b.csv',
      Buffer.concat([Buffer.from('a,b\nGr\xfc\xdfe,', 'latin1'), Buffer.from('Grüße 5" lang\n')]),
    )
    expect(values(await readAll(await open(workspace, { csv: 'a.csv' })))).toEqual([{ ä: 'ö', b: 'x\ny' }])
    expect(values(await readAll(await open(workspace, { csv: 'b.csv' })))).toEqual([{ a: 'Grüße', b: 'Grüße 5" lang' }])
  })
  it('names a column without a name by its number, and refuses two of one name', async () => {
    const workspace = await aFolder({ 'a.csv': 'a,,c\n1,2,3\n', 'b.csv': 'a,b,a\n1,2,3\n' })
    expect(values(await readAll(await open(workspace, { csv: 'a.csv' })))).toEqual([{ a: '1', column_2: '2', c: '3' }])
    await expect(open(workspace, { csv: 'b.csv' })).rejects.toThrow('has two columns named a')
  })
  it('whose quote is never closed does not draw the rest of the file into memory', async () => {
    const source = await open(await aFolder({ 'i.csv': `a,b\n1,"${'x\n'.repeat(6_000_000)}` }), { csv: 'i.csv' })
    await expect(readAll(source)).rejects.toThrow('i.csv cannot be read. Max Record Size')
  })
  it('with tabs is a table whatever else is in it', async () => {
    const source = await open(await aFolder({ 'i.tsv': 'a\tb\n1,5;3\t"x\ty"\n' }), { tsv: 'i.tsv' })
    expect(values(await readAll(source))).toEqual([{ a: '1,5;3', b: 'x\ty' }])
  })
  it('that ends inside quotes says so', async () => {
    const source = await open(await aFolder({ 'i.csv': 'a,b\n1,2\n"open,3\n' }), { csv: 'i.csv' })
    await expect(readAll(source)).rejects.toThrow('i.csv cannot be read. Quote Not Closed')
  })
  it('that is empty says so', async () => {
    await expect(open(await aFolder({ 'i.csv': '' }), { csv: 'i.csv' })).rejects.toThrow(
      'the first line must name the columns',
    )
  })
})

describe('pasted text', () => {
  it('is one item, or one for each text of a list', async () => {
    const workspace = await aFolder()
    expect(values(await readAll(await open(workspace, { text: 'a' })))).toEqual([{ text: 'a' }])
    expect(values(await readAll(await open(workspace, { text: ['a', 'b'] })))).toEqual([{ text: 'a' }, { text: 'b' }])
  })
})
