import { symlink } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { strToU8 } from 'fflate'
import { afterEach, expect, it } from 'vitest'
import { aDocx, anXlsx } from '../testing/officeFiles.ts'
import { aPdf, aPdfBomb } from '../testing/pdfFiles.ts'
import { objectOf, type ReadEntry, readAll } from '../testing/readSource.ts'
import { aWorkspace, type TestWorkspace } from '../testing/workspace.ts'
import { readInThread } from './documentThreads.ts'
import { openSource } from './openSource.ts'

const opened: TestWorkspace[] = []
afterEach(async () => {
  for (const workspace of opened.splice(0)) await workspace.remove()
})

/** The items of a folder with these files, by path. */
async function readFolder(files: Readonly<Record<string, string | Uint8Array>>, links: Record<string, string> = {}) {
  const workspace = await aWorkspace()
  opened.push(workspace)
  for (const [path, content] of Object.entries(files)) await workspace.write(path, content)
  for (const [path, target] of Object.entries(links)) await symlink(target, join(workspace.folder, path))
  const all = await readAll(await openSource({ folder: 'in' }, workspace.folder, null))
  return new Map(all.map((entry) => [entry.key, entry]))
}

const textOf = (entry: ReadEntry | undefined) => objectOf(entry).text
const problemOf = (entry: ReadEntry | undefined) =>
  entry?.read.ok === false ? entry.read.failure.message : 'no problem'

const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAMAAAACCAIAAAASFvFNAAAAEElEQVR4nGNgYPgPQwgWADXUBfutNqZUAAAAAElFTkSuQmCC',
  'base64',
)
const MAIL = [
  'From: =?ISO-8859-1?Q?J=FCrgen?= <j@example.com>',
  'To: Ada <ada@example.com>, bob@example.com',
  'Subject: =?ISO-8859-1?Q?Gr=FC=DFe?=',
  'Date: Mon, 02 Mar 2026 10:00:00 +0100',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=b',
  '',
  '--b',
  'Content-Type: text/plain; charset=iso-8859-1',
  '',
  'Sch\xf6ne Gr\xfc\xdfe',
  '--b',
  'Content-Type: application/pdf; name="offer.pdf"',
  'Content-Disposition: attachment; filename="offer.pdf"',
  '',
  'x',
  '--b--',
  '',
].join('\r\n')

/** The archive, whose directory says another size of its last part. */
function sayingSize(archive: Uint8Array, bytes: number): Uint8Array {
  const at = Buffer.from(archive).lastIndexOf(Buffer.from([0x50, 0x4b, 1, 2]))
  new DataView(archive.buffer, archive.byteOffset).setUint32(at + 24, bytes, true)
  return archive
}

it('a folder that mixes every kind of document with broken ones gives one right entry for each file', async () => {
  const whole = aPdf(['Page one', 'Page two'])
  const items = await readFolder(
    {
      'in/a.txt': 'plain',
      'in/b.md': '# Head',
      'in/c.html': '<meta charset="iso-8859-2"><h1>T</h1><p>x</p>',
      'in/d.pdf': whole,
      'in/d-truncated.pdf': whole.subarray(0, 60),
      'in/d-scan.pdf': aPdf(['', '']),
      'in/d-locked.pdf': aPdf(['x'], {
        trailer: `/Encrypt << /Filter /Standard /V 1 /R 2 /O <${'00'.repeat(32)}> /U <${'11'.repeat(32)}> /P -4 >> /ID [<00><00>]`,
      }),
      'in/e.docx': aDocx(['First', 'Second']),
      'in/e-no-zip.docx': 'not a zip',
      'in/e-old.doc': 'x',
      'in/e-locked.docx': new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1]),
      'in/f.eml': Buffer.from(MAIL, 'latin1'),
      'in/f-no-mail.eml': 'hello',
      'in/g.json': '{"a":1}',
      'in/h.csv': 'a,b\n1,2\n',
      'in/i.xlsx': anXlsx({
        One: [
          ['n', 'when'],
          [1, new Date('2026-03-01')],
        ],
        Two: [['x']],
      }),
      'in/i-broken.xlsx': new Uint8Array([80, 75, 3, 4, 0, 0]),
      'in/j.png': PNG,
      'in/j-broken.jpg': 'no image',
      'in/k.log': 'line',
      'in/l': 'no ending',
      'in/m.bin': new Uint8Array([1, 0, 2, 0]),
      'in/n-empty.txt': '',
      'in/o-utf16.txt': Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('Grüße', 'utf16le')]),
      'in/p-latin.yaml': Buffer.from('Grüße', 'latin1'),
      'secret.txt': 'secret',
    },
    { 'in/z.txt': '../secret.txt' },
  )
  const found = Object.fromEntries(
    [...items].map(([key, { read }]) => [key, read.ok ? objectOf(items.get(key)).text : `! ${read.failure.message}`]),
  )
  expect(found).toEqual({
    'a.txt': 'plain',
    'b.md': '# Head',
    'c.html': 'T\n\nx',
    'd.pdf': 'Page one\fPage two',
    'd-truncated.pdf': expect.stringMatching(/^! It cannot be read as a PDF: /),
    'd-scan.pdf': expect.stringMatching(/^! The PDF holds no text: its pages seem to be scanned/),
    'd-locked.pdf': expect.stringMatching(/^! The PDF is encrypted/),
    'e.docx': 'First\n\nSecond',
    'e-no-zip.docx': expect.stringMatching(/^! It is damaged, or not of the kind that its name says/),
    'e-old.doc': '! A .doc file is not read. Save it as .docx.',
    'e-locked.docx': expect.stringMatching(/^! It is encrypted, or of the old .doc kind/),
    'f.eml': 'Schöne Grüße',
    'f-no-mail.eml': expect.stringMatching(/^! It is no mail/),
    'g.json': '{"a":1}',
    'h.csv': 'a,b\n1,2\n',
    'i.xlsx': 'One\nn\twhen\n1\t2026-03-01\fTwo\nx',
    'i-broken.xlsx': expect.stringMatching(/^! It is damaged/),
    'j.png': '',
    'j-broken.jpg': expect.stringMatching(/^! It cannot be read as an image/),
    'k.log': 'line',
    l: 'no ending',
    'm.bin': expect.stringMatching(/^! It is neither text nor of a kind that is read/),
    'n-empty.txt': '! The file is empty: it holds no text.',
    'o-utf16.txt': 'Grüße',
    'p-latin.yaml': 'Grüße',
  })
  expect(objectOf(items.get('d.pdf'))).toMatchObject({ pages: 2, path: 'd.pdf', bytes: whole.length })
  expect(objectOf(items.get('j.png')).image).toEqual({ mediaType: 'image/png', width: 3, height: 2 })
  expect(objectOf(items.get('f.eml'))).toMatchObject({
    from: 'Jürgen <j@example.com>',
    to: 'Ada <ada@example.com>, bob@example.com',
    subject: 'Grüße',
    date: '2026-03-02T09:00:00.000Z',
    attachments: ['offer.pdf'],
  })
})

it('an archive that would unpack to more than a document may is refused before it is unpacked', async () => {
  const part = new Uint8Array(10)
  const items = await readFolder({
    'in/bomb.docx': sayingSize(aDocx(['x'], { 'word/styles.xml': part }), 400_000_000),
    'in/pictures.docx': sayingSize(aDocx(['y'], { 'word/media/big.png': part }), 400_000_000),
  })
  expect(problemOf(items.get('bomb.docx'))).toBe('Unpacked it is larger than 200 MB.')
  expect(textOf(items.get('pictures.docx'))).toBe('y')
})

it('an archive that lies about its sizes gains nothing by it', async () => {
  const lying = sayingSize(aDocx(['x'], { 'word/styles.xml': new Uint8Array(50_000_000) }), 10)
  const before = process.memoryUsage().rss
  const items = await readFolder({ 'in/lying.docx': lying, 'in/z.txt': 'still read' })
  expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000)
  expect(textOf(items.get('z.txt'))).toBe('still read')
})

it('a document that takes too much memory is ended, and the next one is read', async () => {
  const items = await readFolder({ 'in/a.pdf': aPdfBomb(1500), 'in/b.pdf': aPdf(['fine']) })
  expect(problemOf(items.get('a.pdf'))).toContain('takes more memory than a document may')
  expect(textOf(items.get('b.pdf'))).toBe('fine')
}, 60_000)

it('a workbook with a text in every shape of cell is read as text', async () => {
  const items = await readFolder({
    'in/a.xlsx': anXlsx({
      S: [
        ['a', null, true],
        [null, null, null],
        [0.5, 'x', null],
      ],
    }),
  })
  expect(textOf(items.get('a.xlsx'))).toBe('S\na\t\ttrue\n0.5\tx')
})

it('a page of unknown encoding is read by what it says of itself', async () => {
  const page = Buffer.concat([
    Buffer.from('<meta charset=iso-8859-2><p>'),
    Buffer.from([0xb1, 0xe6]),
    Buffer.from('</p>'),
  ])
  const items = await readFolder({ 'in/a.html': page })
  expect(textOf(items.get('a.html'))).toBe('ąć')
})

it('a word document with an unwanted part keeps its text', async () => {
  const items = await readFolder({ 'in/a.docx': aDocx(['text'], { 'custom/thing.xml': strToU8('<a/>') }) })
  expect(textOf(items.get('a.docx'))).toBe('text')
})

it('a document that takes too long is ended, and the next one is read', async () => {
  const bounds = { seconds: 0.2, signal: undefined }
  expect(await readInThread({ kind: 'pdf', bytes: aPdfBomb(500) }, bounds)).toEqual({
    ok: false,
    message: 'Reading it took longer than 0.2 s.',
  })
  const next = await readInThread({ kind: 'pdf', bytes: aPdf(['fine']) }, { seconds: 30, signal: undefined })
  expect(next).toMatchObject({ ok: true, text: 'fine' })
})

it('a document that is given up is given up at once, as cancelled', async () => {
  const workspace = await aWorkspace()
  opened.push(workspace)
  await workspace.write('in/a.pdf', aPdfBomb(500))
  const source = await openSource({ folder: 'in' }, workspace.folder, null)
  const giveUp = new AbortController()
  for await (const [entry] of source.entries(0, new AbortController().signal)) {
    const reading = entry?.load(giveUp.signal)
    giveUp.abort()
    expect(await reading).toMatchObject({ ok: false, failure: { kind: 'cancelled' } })
  }
})

const WHOLE = {
  pdf: aPdf(['one', 'two']),
  docx: aDocx(['a', 'b']),
  xlsx: anXlsx({ S: [['a', 1]] }),
  eml: Buffer.from(MAIL, 'latin1'),
  html: Buffer.from('<p>hi<table><tr><td>x'),
  image: PNG,
} as const

it.each(['pdf', 'docx', 'xlsx', 'eml', 'html', 'image'] as const)(
  'whatever is damaged in a %s, it is that document’s failure',
  async (kind) => {
    const damage = fc.array(fc.tuple(fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(255)), { maxLength: 6 })
    const read = fc.asyncProperty(damage, fc.double({ min: 0.2, max: 1, noNaN: true }), async (changes, kept) => {
      const bytes = Uint8Array.from(WHOLE[kind]).slice(0, Math.ceil(WHOLE[kind].length * kept))
      for (const [at, byte] of changes) bytes[Math.floor(at * bytes.length)] = byte
      const outcome = await readInThread({ kind, bytes }, { seconds: 30, signal: undefined })
      if (!outcome.ok) expect(outcome.message).toMatch(/^(It|The PDF|Unpacked|Reading) .*\.$/s)
    })
    await fc.assert(read, { numRuns: 150 })
  },
)
