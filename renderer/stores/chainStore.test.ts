import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { connectHost } from '../lib/host.ts'
import { useChainStore } from './chainStore.ts'

const TEXT = 'jacquard: 1\nstages:\n  a:\n    kind: model\n    prompt: Hello # greeting\n'
let file = 0

/** A folder with one file in it, as the host keeps it: every write gives a new version. */
let disk: { text: string; version: string } | null
let writes: string[]
const store = () => useChainStore.getState()

beforeEach(async () => {
  vi.useFakeTimers()
  file++
  disk = { text: TEXT, version: 'v1' }
  writes = []
  connectHost({
    async call(command, request) {
      if (command === 'chains.read')
        return disk === null ? refused('not_found') : { ok: true, value: { file, ...disk } }
      const { text, version } = request as { text: string; version: string | null }
      if (version !== (disk?.version ?? null)) return refused('conflict')
      disk = { text, version: `v${Number(disk?.version.slice(1) ?? 0) + 1}` }
      writes.push(text)
      return { ok: true, value: { version: disk.version } }
    },
    listen: () => () => {},
  })
  await store().open(`${file}.chain.yaml`)
})
afterEach(() => {
  store().forget()
  vi.useRealTimers()
})

const refused = (kind: string) => ({ ok: false, error: { kind, message: kind } })
const setPrompt = (value: string) =>
  store().edit([{ kind: 'set', path: ['stages', 'a', 'prompt'], value }], 'Edit prompt')
const writtenByAnother = (text: string) => {
  disk = { text, version: 'v100' }
}

it('keeps comments through an edit, and writes it 400 ms after the last change', async () => {
  setPrompt('Bye')
  expect(store().text).toBe(TEXT.replace('Hello', 'Bye'))
  await vi.advanceTimersByTimeAsync(399)
  expect([store().save.status, writes]).toEqual(['pending', []])
  await vi.advanceTimersByTimeAsync(1)
  expect([store().save.status, writes]).toEqual(['saved', [store().text]])
})

it('undoes typing as one step where it went on without a pause, and redoes it', () => {
  for (const letter of ['x', 'xy', 'xyz']) store().setText(`${TEXT}# ${letter}`)
  vi.advanceTimersByTime(2_000)
  store().setText(`${TEXT}# xyz again`)
  store().undo()
  expect(store().text).toBe(`${TEXT}# xyz`)
  store().undo()
  expect([store().text, store().canUndo, store().canRedo]).toEqual([TEXT, false, true])
  store().redo()
  store().redo()
  expect([store().text, store().canRedo]).toEqual([`${TEXT}# xyz again`, false])
})

it('undoes two edits of different keys as two steps, however fast they came', () => {
  setPrompt('Bye')
  store().edit([{ kind: 'set', path: ['stages', 'a', 'tier'], value: 'local' }], 'Choose tier')
  store().undo()
  expect(store().text).toBe(TEXT.replace('Hello', 'Bye'))
})

it('saves what an undo brought back', async () => {
  setPrompt('Bye')
  await store().flush()
  store().undo()
  await vi.advanceTimersByTimeAsync(400)
  expect(disk?.text).toBe(TEXT)
})

it('keeps the last readable state while the text is broken, and refuses edits meanwhile', () => {
  store().setText('stages: [')
  expect(store().parsed.chain).toBeNull()
  expect(store().good?.chain.stages).toHaveProperty('a')
  setPrompt('Bye')
  expect(store().text).toBe('stages: [')
})

it('takes a file that changed on disk over where nothing is unsaved, as a step that can be undone', async () => {
  writtenByAnother(`${TEXT}# theirs`)
  await store().diskChanged()
  expect([store().text, store().save.status]).toEqual([`${TEXT}# theirs`, 'saved'])
  store().undo()
  expect(store().text).toBe(TEXT)
})

it('shows a conflict where both sides changed, and writes nothing until the person has chosen', async () => {
  setPrompt('Bye')
  writtenByAnother(`${TEXT}# theirs`)
  await vi.advanceTimersByTimeAsync(400)
  setPrompt('Bye again')
  await vi.advanceTimersByTimeAsync(5_000)
  expect(store().save).toMatchObject({ status: 'conflict', theirs: { text: `${TEXT}# theirs` } })
  expect(writes).toEqual([])
})

it('keeps mine over theirs', async () => {
  setPrompt('Bye')
  writtenByAnother(`${TEXT}# theirs`)
  await store().flush()
  await store().keepMine()
  expect([disk?.text, store().save.status]).toEqual([TEXT.replace('Hello', 'Bye'), 'saved'])
})

it('takes theirs over mine, and undo brings mine back', async () => {
  setPrompt('Bye')
  writtenByAnother(`${TEXT}# theirs`)
  await store().flush()
  await store().takeTheirs()
  expect([store().text, store().save.status]).toEqual([`${TEXT}# theirs`, 'saved'])
  store().undo()
  expect(store().text).toBe(TEXT.replace('Hello', 'Bye'))
})

it('says that the file was taken away, and writes it anew when mine is kept', async () => {
  disk = null
  await store().diskChanged()
  expect(store().save).toEqual({ status: 'conflict', theirs: null })
  await store().keepMine()
  expect(writes).toEqual([TEXT])
})

it('does not take its own write for a change by another', async () => {
  setPrompt('Bye')
  await vi.advanceTimersByTimeAsync(400)
  await store().diskChanged()
  setPrompt('Bye bye')
  await vi.advanceTimersByTimeAsync(400)
  expect([store().save.status, writes.length]).toEqual(['saved', 2])
})

it('writes what was typed during a write as well', async () => {
  setPrompt('Bye')
  const first = store().flush()
  setPrompt('Bye bye')
  await first
  await vi.advanceTimersByTimeAsync(400)
  expect([store().save.status, disk?.text]).toEqual(['saved', TEXT.replace('Hello', 'Bye bye')])
})

it('keeps the undo history of a file while another one is open', async () => {
  setPrompt('Bye')
  const name = store().file ?? ''
  await store().close()
  await store().open(name)
  expect(store().canUndo).toBe(true)
  store().undo()
  expect(store().text).toBe(TEXT)
})
