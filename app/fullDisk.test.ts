import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterEach, describe, expect, it } from 'vitest'
import type { App } from './index.ts'
import { nextEnd, runToEnd } from './testing/followRun.ts'
import { RunWorlds, type World } from './testing/runWorld.ts'

const worlds = new RunWorlds()
afterEach(() => worlds.close())

const CHAIN = `jacquard: 1
source: { jsonl: items.jsonl }
stages:
  ask: { kind: model, tier: openai, prompt: "n{{ item.n }}" }
sink: { jsonl: out.jsonl }
`

/** What of the database cannot be written any more, as SQL says it, until there is room again. */
interface FullDisk extends World {
  readonly app: App
  fill(refused: string): void
  makeRoom(): void
}

async function aDisk(): Promise<FullDisk> {
  const items = Array.from({ length: 40 }, (_, n) => `{"n":${n}}\n`).join('')
  const world = await worlds.world({ 'items.jsonl': items }, ({ prompt }) => ({ text: prompt, delayMs: 5 }))
  const app = await worlds.app(world.workspace)
  const database = new DatabaseSync(join(world.workspace.folder, '.jacquard/jacquard.db'))
  worlds.add({ close: () => Promise.resolve(database.close()) })
  return {
    ...world,
    app,
    fill: (refused) =>
      database.exec(`create trigger full before ${refused} begin select raise(abort, 'database or disk is full'); end`),
    makeRoom: () => database.exec('drop trigger full'),
  }
}

describe('where the disk is full, the same program', () => {
  it('says of a run that it is paused for that, and goes on with it when there is room', async () => {
    const { app, fill, makeRoom, provider } = await aDisk()
    fill('insert on items when new.idx >= 20')
    const paused = await runToEnd(app, CHAIN)
    expect(paused.state).toMatchObject({ status: 'paused', reason: { kind: 'disk' } })
    const listed = await app.call('runs.list', { kind: 'batch', limit: 1 })
    expect(listed).toMatchObject({ value: [{ state: { status: 'paused', reason: { kind: 'disk' } } }] })
    const calls = provider.calls.length

    // Still full: no more than what fits between two writes is asked for.
    const again = nextEnd(app)
    expect(await app.call('runs.resume', { run: paused.run })).toEqual({ ok: true, value: null })
    expect((await again).state).toMatchObject({ status: 'paused', reason: { kind: 'disk' } })
    expect(provider.calls.length - calls).toBeLessThan(40)

    makeRoom()
    const ended = nextEnd(app)
    expect(await app.call('runs.resume', { run: paused.run })).toEqual({ ok: true, value: null })
    expect(await ended).toMatchObject({ state: { status: 'completed' }, counts: { succeeded: 40 } })
    expect(await app.call('runs.list', { kind: 'batch', limit: 1 })).toMatchObject({
      value: [{ state: { status: 'completed' }, counts: { succeeded: 40 } }],
    })
  })

  it('does not call a run complete whose end it cannot store', async () => {
    const { app, fill, makeRoom, provider, workspace } = await aDisk()
    fill(`update on runs when json_extract(new.progress, '$.state.status') = 'completed'`)
    const paused = await runToEnd(app, CHAIN)
    expect(paused).toMatchObject({
      state: { status: 'paused', reason: { kind: 'disk' } },
      counts: { succeeded: 40, waiting: 0 },
    })
    makeRoom()
    const ended = nextEnd(app)
    await app.call('runs.resume', { run: paused.run })
    expect(await ended).toMatchObject({ state: { status: 'completed' }, counts: { succeeded: 40 } })
    expect(provider.calls.length).toBe(40)
    expect(await workspace.lines('out.jsonl')).toHaveLength(40)
  })

  it('launches, changes and cancels nothing, and says why', async () => {
    const { app, fill, makeRoom, provider } = await aDisk()
    const launch = () => app.call('runs.launch', { text: CHAIN, file: null, options: {} })
    fill('insert on runs')
    const message = expect.stringMatching(/^Nothing can be stored: database or disk is full.*Make room/) as string
    expect(await launch()).toMatchObject({ ok: false, error: { kind: 'files', message } })
    makeRoom()
    fill('insert on items when new.idx >= 20')
    const { run } = await runToEnd(app, CHAIN)
    makeRoom()
    fill('update on runs')
    expect(await app.call('runs.cancel', { run })).toMatchObject({ ok: false, error: { kind: 'files', message } })
    const change = { scope: { kind: 'rest' } } as const
    expect(await app.call('runs.change', { run, change })).toMatchObject({
      ok: false,
      error: { kind: 'files', message },
    })
    makeRoom()
    const calls = provider.calls.length
    expect(await app.call('runs.cancel', { run })).toEqual({ ok: true, value: null })
    expect(await app.call('runs.list', { kind: 'batch', limit: 5 })).toMatchObject({
      value: [{ run, state: { status: 'cancelled' } }],
    })
    expect(provider.calls.length).toBe(calls)
  })
})
