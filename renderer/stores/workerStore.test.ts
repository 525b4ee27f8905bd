import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { connectHost } from '../lib/host.ts'
import { selectOpenWorker, useWorkerStore } from './workerStore.ts'

const TEXT = 'name: a # its name\nsystem_prompt: Do it.\n'
const A = 'workers/a.yaml'
const B = 'workers/b.yaml'

/** The folder as the host keeps it: every write gives a new version. */
let disk: Map<string, { text: string; version: string }>
const store = () => useWorkerStore.getState()
const open = () => selectOpenWorker(store())

beforeEach(async () => {
  vi.useFakeTimers()
  disk = new Map([A, B].map((file) => [file, { text: TEXT, version: 'v1' }]))
  connectHost({
    async call(command, request) {
      const { file, text, version } = request as { file: string; text: string; version: string | null }
      const there = disk.get(file)
      if (command === 'workers.list') return { ok: true, value: [] }
      if (command === 'workers.check') return { ok: true, value: { problems: [] } }
      if (command === 'workers.read')
        return there === undefined ? refused('not_found') : { ok: true, value: { file, ...there } }
      if (version !== (there?.version ?? null)) return refused('conflict')
      const next = `v${Number(there?.version.slice(1) ?? 0) + 1}`
      disk.set(file, { text, version: next })
      return { ok: true, value: { version: next } }
    },
    listen: () => () => {},
  })
  await store().open(A)
})
afterEach(() => {
  store().forget()
  vi.useRealTimers()
})

const refused = (kind: string) => ({ ok: false, error: { kind, message: kind } })
const describeIt = (value: string) => store().edit([{ path: ['description'], value }], 'Change description')
const writtenByAnother = (text: string) => disk.set(A, { text, version: 'v100' })

it('keeps comments through an edit, and writes nothing until it is saved', async () => {
  describeIt('Does it.')
  await vi.advanceTimersByTimeAsync(60_000)
  expect(disk.get(A)?.text).toBe(TEXT)
  expect(await store().save()).toBe(true)
  expect(disk.get(A)?.text).toBe('name: a # its name\ndescription: Does it.\nsystem_prompt: Do it.\n')
  expect(open()?.saved.version).toBe('v2')
})

it('undoes typing in one field as one step', () => {
  for (const value of ['D', 'Do', 'Does']) describeIt(value)
  store().undo()
  expect(open()?.text).toBe(TEXT)
  store().redo()
  expect(open()?.worker?.description).toBe('Does')
})

it('keeps what is not saved while another worker is looked at', async () => {
  describeIt('Does it.')
  await store().open(B)
  expect(open()?.text).toBe(TEXT)
  await store().open(A)
  expect(open()?.worker?.description).toBe('Does it.')
  store().undo()
  expect(open()?.text).toBe(TEXT)
})

it('brings back what was not saved when the window closed, one undo from what is on disk', async () => {
  const kept = new Map<string, string>()
  vi.stubGlobal('localStorage', {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, text: string) => kept.set(key, text),
    removeItem: (key: string) => kept.delete(key),
  })
  describeIt('Does it.')
  store().forget()
  await store().open(A)
  expect(open()?.worker?.description).toBe('Does it.')
  store().undo()
  expect([open()?.text, kept.size]).toEqual([TEXT, 0])
  vi.unstubAllGlobals()
})

it('refuses edits of a text that cannot be read, and keeps it', () => {
  store().setText('name: [')
  describeIt('Does it.')
  expect([open()?.text, open()?.worker]).toEqual(['name: [', null])
})

it('takes a file that changed on disk over where nothing is unsaved, as a step that can be undone', async () => {
  writtenByAnother(`${TEXT}# theirs\n`)
  await store().diskChanged()
  expect(open()).toMatchObject({ text: `${TEXT}# theirs\n`, save: { status: 'idle' } })
  store().undo()
  expect(open()?.text).toBe(TEXT)
})

it('writes nothing over what another wrote until the person has chosen', async () => {
  describeIt('Mine.')
  writtenByAnother(`${TEXT}# theirs\n`)
  expect(await store().save()).toBe(false)
  expect(await store().save()).toBe(false)
  expect(open()?.save).toMatchObject({ status: 'conflict', theirs: { text: `${TEXT}# theirs\n` } })
  await store().keepMine()
  expect(disk.get(A)?.text).toContain('Mine.')
})

it('takes theirs over mine, and undo brings mine back', async () => {
  describeIt('Mine.')
  writtenByAnother(`${TEXT}# theirs\n`)
  await store().diskChanged()
  store().takeTheirs()
  expect(open()).toMatchObject({ text: `${TEXT}# theirs\n`, save: { status: 'idle' } })
  store().undo()
  expect(open()?.worker?.description).toBe('Mine.')
})

it('says that a file was taken away, and writes it anew when it is kept', async () => {
  disk.delete(A)
  await store().diskChanged()
  expect(open()?.save).toEqual({ status: 'conflict', theirs: null })
  await store().keepMine()
  expect([disk.get(A)?.text, open()?.save.status]).toEqual([TEXT, 'idle'])
})

it('does not take its own write for a change by another', async () => {
  describeIt('Mine.')
  await store().save()
  await store().diskChanged()
  expect(open()?.history.past).toHaveLength(1)
})
