import { parseDocument } from 'yaml'
import { create } from 'zustand'
import type { WorkerEntry } from '../../shared/api.ts'
import { editWorker, type WorkerEdit } from '../../shared/workerEdit.ts'
import { callOrNotify } from '../lib/callOrNotify.ts'
import { host } from '../lib/host.ts'
import { keepText, keptText } from '../lib/keptText.ts'
import { notifyError } from '../lib/notify.ts'
import { redoChange, undoChange } from './chainHistory.ts'
import { useHostStore } from './hostStore.ts'
import { changeText, isChanged, openDocument, type WorkerDocument, withText } from './workerDocument.ts'

interface WorkerState {
  /** The workspace's workers, as a stage may name them. */
  readonly workers: readonly WorkerEntry[]
  /** false until the list has been read for the first time. */
  readonly isListed: boolean
  /** The one that the Workers screen shows; null: none. */
  readonly file: string | null
  /** Of every worker that was opened: what is not saved outlives a look at another one. */
  readonly documents: Readonly<Record<string, WorkerDocument>>
  refresh(): Promise<void>
  /** false: it could not be read, and the person was told. */
  open(file: string): Promise<boolean>
  /** Shows no worker, and forgets what was changed in this one: it is gone, or has another name. */
  close(file: string): void
  /** Another workspace was opened. */
  forget(): void
  edit(edits: readonly WorkerEdit[], label: string): void
  /** The text as typed in the YAML view, or brought back from an earlier version. */
  setText(text: string, label?: string): void
  undo(): void
  redo(): void
  /** Writes the open worker, which makes a version of it. true: it stands on disk as it stands here. */
  save(): Promise<boolean>
  /** Back to what is on disk; one step that can be undone. */
  discard(): void
  takeTheirs(): void
  keepMine(): Promise<void>
  /** Somebody wrote to the workers' folder: takes files over, or says that there are two versions now. */
  diskChanged(): Promise<void>
  /** What the host judges by may have changed: the workspace's tiers. */
  checkAgain(): Promise<void>
}

const CHECK_AFTER_MS = 300
let checkTimer: ReturnType<typeof setTimeout> | undefined

/** The workers of the workspace, and what this window has made of them. A worker is written when the person saves it. */
export const useWorkerStore = create<WorkerState>()((set, get) => {
  function put(document: WorkerDocument): void {
    const before = get().documents[document.file]
    set({ documents: { ...get().documents, [document.file]: document } })
    if (before?.text !== document.text) checkSoon(document)
    if (before?.text !== document.text || before.saved !== document.saved)
      keepText(keyOf(document.file), isChanged(document) ? document.text : null)
  }

  function change(text: string, label: string, mergeKey: string | null): void {
    const document = selectOpenWorker(get())
    if (document !== null) put(changeText(document, { text, label, mergeKey, at: Date.now() }))
  }

  function moveInHistory(move: typeof undoChange): void {
    const document = selectOpenWorker(get())
    const moved = document === null ? null : move(document.history, document.text)
    if (document !== null && moved !== null) put({ ...withText(document, moved.text), history: moved.history })
  }

  function checkSoon({ file, text, worker }: WorkerDocument): void {
    clearTimeout(checkTimer)
    if (worker !== null) checkTimer = setTimeout(() => void check(file, text), CHECK_AFTER_MS)
  }

  /** Tiers and schemas can be judged by the host only. */
  async function check(file: string, text: string): Promise<void> {
    const reply = await host.call('workers.check', { text })
    const document = get().documents[file]
    if (reply.ok && document?.text === text) put({ ...document, problems: reply.value.problems })
  }

  async function showConflict(document: WorkerDocument): Promise<void> {
    const { file } = document
    const theirs = await host.call('workers.read', { file })
    if (theirs.ok && theirs.value.text === document.text)
      return put({ ...document, saved: theirs.value, save: { status: 'idle' } })
    const isGone = !theirs.ok && theirs.error.kind === 'not_found'
    if (theirs.ok || isGone)
      return put({ ...document, save: { status: 'conflict', theirs: theirs.ok ? theirs.value : null } })
    put({ ...document, save: { status: 'failed', message: theirs.error.message } })
  }

  function takenOver(document: WorkerDocument, theirs: { text: string; version: string }): WorkerDocument {
    const change = { text: theirs.text, label: 'Changed on disk', mergeKey: null, at: Date.now() }
    const { text, version } = theirs
    return { ...changeText(document, change), saved: { text, version }, save: { status: 'idle' } }
  }

  /** One opened file looked at again on disk. */
  async function readAgain(file: string): Promise<void> {
    const reply = await host.call('workers.read', { file })
    const document = get().documents[file]
    if (document === undefined || document.save.status === 'saving') return
    if (!reply.ok) {
      if (reply.error.kind === 'not_found') put({ ...document, save: { status: 'conflict', theirs: null } })
      return
    }
    if (reply.value.version === document.saved.version && document.save.status !== 'conflict') return
    if (!isChanged(document) || reply.value.text === document.text) put(takenOver(document, reply.value))
    else put({ ...document, save: { status: 'conflict', theirs: reply.value } })
  }

  return {
    workers: [],
    isListed: false,
    file: null,
    documents: {},

    async refresh() {
      const workers = await callOrNotify('workers.list', {})
      if (workers !== null) set({ workers, isListed: true })
    },

    async open(file) {
      if (get().documents[file] !== undefined) {
        set({ file })
        await readAgain(file)
        return true
      }
      const opened = await callOrNotify('workers.read', { file })
      if (opened === null) return false
      set({ file })
      const document = openDocument(opened)
      const unsaved = keptText(keyOf(file))
      const change = { label: 'Not saved when the window closed', mergeKey: null, at: Date.now() }
      put(unsaved === null ? document : changeText(document, { ...change, text: unsaved }))
      return true
    },

    close(file) {
      keepText(keyOf(file), null)
      const { [file]: _, ...others } = get().documents
      set({ documents: others, file: get().file === file ? null : get().file })
    },

    forget() {
      clearTimeout(checkTimer)
      set({ workers: [], isListed: false, file: null, documents: {} })
    },

    edit(edits, label) {
      const document = selectOpenWorker(get())
      if (document === null) return
      if (parseDocument(document.text).errors.length > 0) {
        notifyError({
          kind: 'not_possible',
          message: 'The YAML of this worker cannot be read. Set it right in the YAML view first; nothing was changed.',
        })
        return
      }
      change(editWorker(document.text, edits), label, mergeKeyOf(edits))
    },

    setText: (text, label) => change(text, label ?? 'Typing', label === undefined ? 'typing' : null),
    undo: () => moveInHistory(undoChange),
    redo: () => moveInHistory(redoChange),

    async save() {
      const document = selectOpenWorker(get())
      if (document === null || document.save.status === 'saving' || document.save.status === 'conflict') return false
      if (!isChanged(document)) return true
      const { file, text, saved } = document
      put({ ...document, save: { status: 'saving' } })
      const reply = await host.call('workers.write', { file, text, version: saved.version })
      // What was typed meanwhile is there, and not saved.
      const now = get().documents[file]
      if (now === undefined) return false
      if (reply.ok) put({ ...now, saved: { text, version: reply.value.version }, save: { status: 'idle' } })
      else if (reply.error.kind === 'conflict') await showConflict(now)
      else put({ ...now, save: { status: 'failed', message: reply.error.message } })
      return reply.ok
    },

    discard() {
      const document = selectOpenWorker(get())
      if (document !== null) change(document.saved.text, 'Discard the changes', null)
    },

    takeTheirs() {
      const document = selectOpenWorker(get())
      if (document?.save.status !== 'conflict') return
      if (document.save.theirs === null) get().close(document.file)
      else put(takenOver(document, document.save.theirs))
    },

    async keepMine() {
      const document = selectOpenWorker(get())
      if (document?.save.status !== 'conflict') return
      const { theirs } = document.save
      if (theirs !== null) {
        put({ ...document, saved: theirs, save: { status: 'idle' } })
        await get().save()
        return
      }
      const reply = await host.call('workers.write', { file: document.file, text: document.text, version: null })
      if (!reply.ok) return put({ ...document, save: { status: 'failed', message: reply.error.message } })
      const saved = { text: document.text, version: reply.value.version }
      put({ ...document, saved, save: { status: 'idle' } })
    },

    async diskChanged() {
      await get().refresh()
      await Promise.all(Object.keys(get().documents).map(readAgain))
    },

    async checkAgain() {
      const document = selectOpenWorker(get())
      if (document !== null && document.worker !== null) await check(document.file, document.text)
    },
  }
})

/** Of a text that is kept until it is saved, also when the window is closed meanwhile. */
function keyOf(file: string): string {
  return `${useHostStore.getState().info?.workspace.path ?? ''}/${file}`
}

/** null: no worker is open. */
export function selectOpenWorker({ file, documents }: WorkerState): WorkerDocument | null {
  return file === null ? null : (documents[file] ?? null)
}

/** Typing in a field of the form sets the same key again and again. */
function mergeKeyOf(edits: readonly WorkerEdit[]): string | null {
  const [edit] = edits
  return edits.length === 1 && edit?.value !== undefined ? `set ${JSON.stringify(edit?.path)}` : null
}
