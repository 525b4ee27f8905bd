import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterEach, expect, it } from 'vitest'
import { aPdf } from '../testing/pdfFiles.ts'
import { countOf, objectOf, readAll, values } from '../testing/readSource.ts'
import { aWorkspace, type TestWorkspace } from '../testing/workspace.ts'
import { openSource } from './openSource.ts'

const workspaces: TestWorkspace[] = []
const servers: Server[] = []
afterEach(async () => {
  for (const workspace of workspaces.splice(0)) await workspace.remove()
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

type Pages = Readonly<Record<string, (request: IncomingMessage, response: ServerResponse) => void>>

/** A site on this machine; `asked` holds what it was asked for, in order. */
async function aSite(pages: Pages) {
  const asked: { readonly path: string; readonly agent: string | undefined }[] = []
  const server = createServer((request, response) => {
    asked.push({ path: request.url ?? '', agent: request.headers['user-agent'] })
    const page = pages[request.url ?? '']
    if (page === undefined) response.writeHead(404).end('none')
    else page(request, response)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked }
}

const answer =
  (type: string, body: string | Uint8Array, headers: Record<string, string> = {}) =>
  (_: IncomingMessage, response: ServerResponse) =>
    void response.writeHead(200, { 'content-type': type, ...headers }).end(body)

async function open(
  urls: string | string[],
  files: Record<string, string> = {},
  keys: readonly string[] | null = null,
) {
  const workspace = await aWorkspace(files)
  workspaces.push(workspace)
  return openSource({ urls }, workspace.folder, keys)
}

const ARTICLE = `<html><head><title>The &amp; title</title></head><body><nav>Home Shop About</nav>
<div class="sidebar"><a href="/a">Buy now</a></div><article><h1>Head</h1>${'<p>A sentence of the article, with a comma, that goes on for a while.</p>'.repeat(8)}</article>
<footer>Imprint</footer></body></html>`

it('gives a page by its address, with what a person reads there', async () => {
  const { origin, asked } = await aSite({ '/a': answer('text/html; charset=utf-8', ARTICLE) })
  const source = await open([`${origin}/a#part`])
  const [entry] = await readAll(source)
  const item = objectOf(entry)
  expect([entry?.key, await countOf(source)]).toEqual([`${origin}/a#part`, 1])
  expect(item).toMatchObject({ url: `${origin}/a#part`, status: 200, title: 'The & title', contentType: 'text/html' })
  expect(item.text).toContain('A sentence of the article')
  expect(item.text).not.toMatch(/Buy now|Home Shop|Imprint/)
  expect(asked).toEqual([
    { path: '/robots.txt', agent: 'Jacquard' },
    { path: '/a', agent: 'Jacquard' },
  ])
})

it('reads short pages, texts, JSON and PDFs, in the encoding that they name', async () => {
  const { origin } = await aSite({
    '/short': answer('text/html', '<title>T</title><p>Short.</p>'),
    '/plain': answer('text/plain; charset=iso-8859-1', Buffer.from('Grüße', 'latin1')),
    '/json': answer('application/json', '{"a":1}'),
    '/pdf': answer('application/pdf', aPdf(['In a PDF'])),
    '/gzip': answer('text/plain', gzipSync('packed'), { 'content-encoding': 'gzip' }),
  })
  const all = await readAll(await open(['short', 'plain', 'json', 'pdf', 'gzip'].map((page) => `${origin}/${page}`)))
  expect(all.map((entry) => objectOf(entry).text)).toEqual(['Short.', 'Grüße', '{"a":1}', 'In a PDF', 'packed'])
})

it('makes what goes wrong with one page that item’s failure', async () => {
  const { origin } = await aSite({
    '/image': answer('image/png', 'x'),
    '/empty': answer('text/html', '<div id=app></div>'),
    '/large': answer('text/plain', 'x'.repeat(10_000_001)),
    '/bomb': answer('text/plain', gzipSync(Buffer.alloc(11_000_000)), { 'content-encoding': 'gzip' }),
    '/loop': (_, response) => void response.writeHead(302, { location: '/loop' }).end(),
    '/file': (_, response) => void response.writeHead(302, { location: 'file:///etc/passwd' }).end(),
    '/cut': (request) => void request.socket.destroy(),
    '/fine': answer('text/plain', 'fine'),
  })
  const pages = ['image', 'empty', 'large', 'bomb', 'loop', 'file', 'cut', 'missing', 'fine']
  const urls = [...pages.map((page) => `${origin}/${page}`), 'ftp://x.example/a', 'no address', 'http://127.0.0.1:1/']
  expect(values(await readAll(await open(urls)))).toEqual([
    'The page is of the type image/png; web pages, PDFs and texts are read.',
    'The page holds no text that can be read without a browser.',
    'It is larger than 10 MB.',
    'It is larger than 10 MB.',
    'It leads on more than 5 times.',
    'file: addresses are not read; http and https are.',
    expect.stringMatching(/^127\.0\.0\.1:\d+ could not be reached: /),
    'The server answered 404 (Not Found).',
    expect.objectContaining({ text: 'fine' }),
    'ftp: addresses are not read; http and https are.',
    'no address is not an address of a page.',
    expect.stringContaining('could not be reached'),
  ])
})

it('follows redirects', async () => {
  const { origin } = await aSite({
    '/old': (_, response) => void response.writeHead(301, { location: '/new' }).end(),
    '/new': answer('text/plain', 'moved'),
  })
  const [entry] = await readAll(await open([`${origin}/old`]))
  expect(objectOf(entry)).toMatchObject({ url: `${origin}/old`, text: 'moved' })
})

it('asks for no page that robots.txt forbids, and for robots.txt once', async () => {
  const { origin, asked } = await aSite({
    '/robots.txt': answer('text/plain', 'User-agent: *\nDisallow: /private\n'),
    '/public': answer('text/plain', 'x'),
  })
  const found = values(await readAll(await open([`${origin}/private/a`, `${origin}/public`, `${origin}/private`])))
  expect(found[0]).toMatch(/^The robots.txt of 127\.0\.0\.1:\d+ does not allow it\.$/)
  expect(found[1]).toMatchObject({ text: 'x' })
  expect(asked.map(({ path }) => path)).toEqual(['/robots.txt', '/public'])
})

it('asks a host for two pages at once at most, however many are wanted', async () => {
  let atOnce = 0
  let most = 0
  const slow = (_: IncomingMessage, response: ServerResponse) => {
    most = Math.max(most, ++atOnce)
    setTimeout(() => {
      atOnce--
      response.writeHead(200, { 'content-type': 'text/plain' }).end('x')
    }, 500)
  }
  const { origin } = await aSite({ '/0': slow, '/1': slow, '/2': slow, '/3': slow })
  const source = await open([0, 1, 2, 3].map((page) => `${origin}/${page}`))
  for await (const entries of source.entries(0, new AbortController().signal))
    await Promise.all(entries.map((entry) => entry.load()))
  expect(most).toBe(2)
})

it('waits once where it is told to', async () => {
  let times = 0
  const busy = (_: IncomingMessage, response: ServerResponse) =>
    void response.writeHead(429, { 'retry-after': '0' }).end(String(++times))
  const { origin } = await aSite({
    '/once': (request, response) =>
      times === 0 ? busy(request, response) : answer('text/plain', 'now')(request, response),
    '/always': busy,
    '/long': (_, response) => void response.writeHead(503, { 'retry-after': '3600' }).end(),
  })
  const all = values(await readAll(await open([`${origin}/once`, `${origin}/always`, `${origin}/long`])))
  expect(all).toEqual([
    expect.objectContaining({ text: 'now' }),
    'The server answered 429 (Too Many Requests).',
    'The server answered 503 (Service Unavailable).',
  ])
  expect(times).toBe(3)
})

it('gives up a page at once when it is told to', async () => {
  const { origin } = await aSite({ '/slow': () => undefined })
  const source = await open([`${origin}/slow`])
  const giveUp = new AbortController()
  for await (const [entry] of source.entries(0, new AbortController().signal)) {
    const reading = entry?.load(giveUp.signal)
    setTimeout(() => giveUp.abort(), 300)
    expect(await reading).toMatchObject({ ok: false, failure: { kind: 'cancelled' } })
  }
})

it('takes the addresses from a file, and of a resumed run those that it began with', async () => {
  const files = { 'list.txt': '\uFEFFhttp://a.example/\r\n\r\n# not this\r\n  http://b.example/  \r\n' }
  const source = await open('list.txt', files)
  expect(await source.keys()).toEqual(['http://a.example/', 'http://b.example/'])
  const resumed = await open('list.txt', files, ['http://c.example/'])
  expect([await countOf(resumed), await resumed.keys()]).toEqual([1, ['http://c.example/']])
  await expect(open('nope.txt')).rejects.toThrow('The source nope.txt cannot be read. There is no such file')
})
