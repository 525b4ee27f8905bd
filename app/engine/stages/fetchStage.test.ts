import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, describe, expect, it } from 'vitest'
import type { Json } from '../../../shared/json.ts'
import type { PlannedFetchStage } from '../../core/plan.ts'
import type { AttemptRecord } from '../../ports/runStore.ts'
import { systemClock } from '../../systemClock.ts'
import { plannedStages } from '../../testing/plannedStages.ts'
import { createWebClient } from '../../web/webClient.ts'
import { Limiters } from '../model/limiter.ts'
import type { CellJournal } from '../model/modelStage.ts'
import { type FetchCalls, runFetchStage } from './fetchStage.ts'

const servers: Server[] = []
afterEach(() => {
  for (const server of servers.splice(0)) {
    server.closeAllConnections()
    server.close()
  }
})

interface Web {
  readonly origin: string
  readonly requests: string[]
}

async function serve(listener: RequestListener): Promise<Web> {
  const requests: string[] = []
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`)
    listener(request, response)
  })
  servers.push(server)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, requests }
}

function aStage(keys: string): PlannedFetchStage {
  const [stage] = plannedStages(
    `stages: { get: { kind: fetch, url: "{{ item.url }}", retry: { attempts: 3, backoff: 0.01 }${keys} } }`,
  ).stages
  if (stage?.kind !== 'fetch') throw new Error('This is no fetch.')
  return stage
}

function someCalls(stops = { suspend: new AbortController(), abort: new AbortController() }): FetchCalls {
  return {
    web: createWebClient(),
    limiters: new Limiters(systemClock),
    clock: systemClock,
    suspend: stops.suspend.signal,
    abort: stops.abort.signal,
  }
}

function aJournal(before: readonly AttemptRecord[] = []) {
  const ended: AttemptRecord[] = []
  const journal: CellJournal = {
    run: 'r',
    lane: 0,
    index: 4,
    path: 'pages/2/get',
    attempts: before,
    started: (attempt) => expect(attempt.outcome.status).toBe('running'),
    ended: (attempt) => ended.push(attempt),
    remembered: () => undefined,
    state: () => undefined,
    packed: () => undefined,
  }
  return { journal, ended }
}

async function fetched(item: Json, { keys = '', calls = someCalls(), before = [] as readonly AttemptRecord[] } = {}) {
  const { journal, ended } = aJournal(before)
  return { outcome: await runFetchStage(aStage(keys), { item, params: { key: 'k' } }, { calls, journal }), ended }
}

describe('a fetch stage', () => {
  it('gives what came, and writes its request down as an attempt of its cell', async () => {
    const { origin } = await serve((_request, response) =>
      response.writeHead(200, { 'Content-Type': 'application/json' }).end('{"a":1}'),
    )
    const { outcome, ended } = await fetched({ url: `${origin}/x` })
    const output = { status: 200, text: '{"a":1}', json: { a: 1 } }
    expect(outcome).toMatchObject({
      kind: 'succeeded',
      output: { ...output, headers: { 'content-type': 'application/json' } },
    })
    expect(ended).toMatchObject([
      {
        ...{ run: 'r', lane: 0, index: 4, stage: 'pages/2/get', number: 1, purpose: 'first' },
        ...{ tier: null, model: null, usage: null, costMicros: 0 },
        request: { instructions: null, messages: [{ role: 'user', text: `GET ${origin}/x` }] },
        outcome: { status: 'succeeded', output },
      },
    ])
  })

  it('takes 404 as an answer, for a chain may look at its status', async () => {
    const { origin, requests } = await serve((_request, response) => response.writeHead(404).end('no'))
    expect((await fetched({ url: origin })).outcome).toMatchObject({ output: { status: 404, text: 'no', json: null } })
    expect(requests).toHaveLength(1)
  })

  it('asks a server that is out of order again, and then fails', async () => {
    const { origin, requests } = await serve((_request, response) =>
      response.writeHead(502).end('<h1>Bad gateway</h1>'),
    )
    const { outcome, ended } = await fetched({ url: origin })
    expect(outcome).toMatchObject({
      kind: 'failed',
      failure: { kind: 'provider', httpStatus: 502, message: `${new URL(origin).host} answered 502: Bad gateway` },
    })
    expect(requests).toHaveLength(3)
    expect(ended.map(({ number, purpose }) => [number, purpose])).toEqual([
      [1, 'first'],
      [2, 'retry'],
      [3, 'retry'],
    ])
  })

  it('asks again where no connection came about', async () => {
    const { outcome, ended } = await fetched({ url: 'http://127.0.0.1:2/' })
    expect(outcome).toMatchObject({ kind: 'failed', failure: { kind: 'provider', httpStatus: null } })
    expect(ended).toHaveLength(3)
  })

  it('waits as long as the server asks, and keeps all requests to this host back', async () => {
    let refusals = 1
    const { origin } = await serve((_request, response) => {
      if (refusals-- > 0) response.writeHead(429, { 'retry-after': '0.2' }).end()
      else response.end('now')
    })
    const calls = someCalls()
    const started = performance.now()
    const first = fetched({ url: origin }, { calls })
    await expect.poll(() => refusals).toBe(0)
    await new Promise((resolve) => setTimeout(resolve, 30))
    const second = fetched({ url: origin }, { calls })
    for (const { outcome } of await Promise.all([first, second]))
      expect(outcome).toMatchObject({ output: { text: 'now' } })
    expect(performance.now() - started).toBeGreaterThan(190)
  })

  it('waits for no server that wants to be left alone for hours', async () => {
    const { origin, requests } = await serve((_request, response) =>
      response.writeHead(503, { 'retry-after': '7200' }).end(),
    )
    expect((await fetched({ url: origin })).outcome).toMatchObject({
      kind: 'failed',
      failure: { message: expect.stringContaining('120 minutes') },
    })
    expect(requests).toHaveLength(1)
  })

  it('never repeats what may have changed something, but where the server says that it did not', async () => {
    const failing = await serve((_request, response) => response.writeHead(500).end())
    const busy = await serve((_request, response) => response.writeHead(503).end())
    const keys = ', method: POST, body: { a: "{{ item.n }}" }'
    await fetched({ url: failing.origin, n: 1 }, { keys })
    await fetched({ url: busy.origin, n: 1 }, { keys })
    expect(failing.requests).toEqual(['POST /'])
    expect(busy.requests).toHaveLength(3)
  })

  it('sends a body that is no text as JSON, with headers whose expressions found something', async () => {
    const { origin } = await serve((request, response) => {
      const chunks: Buffer[] = []
      request.on('data', (chunk: Buffer) => chunks.push(chunk))
      request.on('end', () => response.end(JSON.stringify([request.headers, Buffer.concat(chunks).toString()])))
    })
    const keys =
      ', method: POST, body: { a: "{{ item.n }}" }, headers: { X-Key: "{{ params.key }}", X-None: "{{ item.none }}" }'
    const { outcome } = await fetched({ url: origin, n: 7 }, { keys })
    const { text } = (outcome.kind === 'succeeded' ? outcome.output : {}) as { text: string }
    const [headers, body] = JSON.parse(text) as [Record<string, string>, string]
    expect(body).toBe('{"a":7}')
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'x-key': 'k' })
    expect(headers).not.toHaveProperty('x-none')
  })

  it.each([null, 7, 'example.org', 'file:///etc/passwd'])('asks nothing of %j', async (url) => {
    const { outcome, ended } = await fetched({ url })
    expect(outcome).toMatchObject({ kind: 'failed', failure: { kind: 'invalid_input' } })
    expect(ended).toEqual([])
  })

  it('shows no one the password of an address', async () => {
    const { origin } = await serve((_request, response) => response.writeHead(500).end())
    const { outcome, ended } = await fetched({ url: origin.replace('//', '//me:secret@') })
    expect(JSON.stringify([outcome, ended])).not.toContain('secret')
  })
})

describe('a resumed fetch', () => {
  it('is not asked again where its answer is stored', async () => {
    const { origin, requests } = await serve((_request, response) => response.end('once'))
    const first = await fetched({ url: origin })
    const again = await fetched({ url: origin }, { before: first.ended })
    expect(again).toEqual({ outcome: first.outcome, ended: [] })
    expect(requests).toHaveLength(1)
  })
  it('is asked again where the answer was lost', async () => {
    const { origin, requests } = await serve((_request, response) => response.end('once'))
    const first = await fetched({ url: origin })
    const lost = first.ended.map((attempt): AttemptRecord => ({ ...attempt, outcome: { status: 'lost' } }))
    const again = await fetched({ url: origin }, { before: lost })
    expect(again.ended).toMatchObject([{ number: 2 }])
    expect(requests).toHaveLength(2)
  })
})

describe('fetches at once', () => {
  it('to one host are four at the most, over all that run', async () => {
    let open = 0
    let most = 0
    const { origin } = await serve((_request, response) => {
      most = Math.max(most, ++open)
      setTimeout(() => {
        open--
        response.end('x')
      }, 10)
    })
    const calls = someCalls()
    await Promise.all(Array.from({ length: 30 }, () => fetched({ url: origin }, { calls })))
    expect(most).toBe(4)
  })
  it('are suspended while they wait for their turn, and given up in flight', async () => {
    const { origin, requests } = await serve(() => undefined)
    const stops = { suspend: new AbortController(), abort: new AbortController() }
    const calls = someCalls(stops)
    const all = Array.from({ length: 6 }, () => fetched({ url: origin }, { calls }))
    await expect.poll(() => requests.length).toBe(4)
    stops.suspend.abort()
    stops.abort.abort()
    const results = await Promise.all(all)
    expect(results.map(({ outcome }) => outcome.kind)).toEqual(Array(6).fill('suspended'))
    expect(results.flatMap(({ ended }) => ended)).toMatchObject(
      Array(4).fill({ outcome: { status: 'failed', failure: { kind: 'cancelled' } } }),
    )
  })
})
