import { parseDocument } from 'yaml'
import { create } from 'zustand'
import type { Chain } from '../../shared/chain.ts'
import { type ParsedChain, parseChain } from '../../shared/chainDocument.ts'
import { type ChainEdit, editChain } from '../../shared/chainEdit.ts'
import type { ChainGraph } from '../../shared/graph.ts'
import type { Problem } from '../../shared/problem.ts'
import { callOrNotify } from '../lib/callOrNotify.ts'
import { host } from '../lib/host.ts'
import { notifyError } from '../lib/notify.ts'
import { type ChainHistory, NO_HISTORY, recordChange, redoChange, undoChange } from './chainHistory.ts'

export type SaveState =
  | { readonly status: 'saved' }
  /** Changed; written shortly. */
  | { readonly status: 'pending' }
  | { readonly status: 'saving' }
  /** The file on disk is not the one this edit began with. `theirs` null: it was taken away. Nothing is written until the person chose. */
  | { readonly status: 'conflict'; readonly theirs: { readonly text: string; readonly version: string } | null }
  /** Kept in this window only; tried again on the next change or save. */
  | { readonly status: 'failed'; readonly message: string }

export interface ReadableChain {
  readonly chain: Chain
  readonly graph: ChainGraph
}

interface ChainState {
  /** From the workspace's root; null: no chain is open. */
  readonly file: string | null
  /** The only truth: canvas, inspector and YAML view all show this text. */
  readonly text: string
  /** Of the text on disk that `text` builds on. */
  readonly version: string | null
  readonly parsed: ParsedChain
  /** The last state that could be read, kept while the text is broken; null: there was none yet. */
  readonly good: ReadableChain | null
  readonly save: SaveState
  readonly canUndo: boolean
  readonly canRedo: boolean
  /** false: it could not be read, and the person was told. What was open before is saved first. */
  open(file: string): Promise<boolean>
  close(): Promise<void>
  /** Drops everything without saving: another workspace was opened, where these files do not exist. */
  forget(): void
  edit(edits: readonly ChainEdit[], label: string): void
  /** The text as typed in the YAML view. */
  setText(text: string): void
  undo(): void
  redo(): void
  /** Writes now what is not saved yet. Resolves when it is on disk, or when it is known that it cannot be. */
  flush(): Promise<void>
  takeTheirs(): Promise<void>
  keepMine(): Promise<void>
  /** What the host judges by may have changed: the workspace's tiers. */
  checkAgain(): Promise<void>
  /** Somebody wrote to the chains' folder: takes the file over, or says that there are two versions now. */
  diskChanged(): Promise<void>
}

const SAVE_AFTER_MS = 400
/** What only the host can judge is asked when the text has rested for so long. */
const CHECK_AFTER_MS = 300
const NO_CHAIN = {
  file: null,
  text: '',
  version: null,
  parsed: { chain: null, graph: null, problems: [] },
  good: null,
  save: { status: 'saved' },
  canUndo: false,
  canRedo: false,
} as const satisfies Partial<ChainState>

const histories = new Map<string, { history: ChainHistory; text: string }>()
let saveTimer: ReturnType<typeof setTimeout> | undefined
let checkTimer: ReturnType<typeof setTimeout> | undefined
/** Problems that only the host knows of, kept until it has judged the next text: they must not flicker while one types. */
let judged: readonly Problem[] = []
/** The write in flight: one at a time, so that each builds on the version that the one before gave. */
let writing: Promise<void> | null = null

export const useChainStore = create<ChainState>()((set, get) => {
  function show(text: string, lastGood = get().good): Pick<ChainState, 'text' | 'parsed' | 'good'> {
    const { chain, graph, problems } = parseChain(text)
    clearTimeout(checkTimer)
    if (chain === null || graph === null) return { text, parsed: { chain, graph, problems }, good: lastGood }
    checkTimer = setTimeout(() => void checkWithHost(text), CHECK_AFTER_MS)
    return { text, parsed: { chain, graph, problems: [...problems, ...judged] }, good: { chain, graph } }
  }

  /** Tiers and output schemas can be judged by the host only. */
  async function checkWithHost(text: string): Promise<void> {
    const reply = await host.call('chains.check', { text })
    if (!reply.ok || get().text !== text) return
    const own = new Set(parseChain(text).problems.map(({ message, path }) => `${path.join('.')} ${message}`))
    judged = reply.value.problems.filter(({ message, path }) => !own.has(`${path.join('.')} ${message}`))
    set({ parsed: { ...get().parsed, problems: reply.value.problems } })
  }

  function historyOf(file: string): ChainHistory {
    return histories.get(file)?.history ?? NO_HISTORY
  }

  function remember(file: string, history: ChainHistory, text: string): Pick<ChainState, 'canUndo' | 'canRedo'> {
    histories.set(file, { history, text })
    return { canUndo: history.past.length > 0, canRedo: history.future.length > 0 }
  }

  function change(text: string, label: string, mergeKey: string | null): void {
    const { file, text: before } = get()
    if (file === null || text === before) return
    const history = recordChange(historyOf(file), { before, label, mergeKey, at: Date.now() })
    set({ ...show(text), ...remember(file, history, text) })
    saveSoon()
  }

  function moveInHistory(move: typeof undoChange): void {
    const { file, text } = get()
    const moved = file === null ? null : move(historyOf(file), text)
    if (file === null || moved === null) return
    set({ ...show(moved.text), ...remember(file, moved.history, moved.text) })
    saveSoon()
  }

  function saveSoon(): void {
    if (get().save.status === 'conflict') return
    // A write in flight sees by itself that the text has changed under it.
    if (writing === null) scheduleSave()
  }

  function scheduleSave(): void {
    clearTimeout(saveTimer)
    set({ save: { status: 'pending' } })
    saveTimer = setTimeout(() => void get().flush(), SAVE_AFTER_MS)
  }

  async function write(file: string): Promise<void> {
    const { text, version } = get()
    set({ save: { status: 'saving' } })
    const reply = await host.call('chains.write', { file, text, version })
    if (get().file !== file) return
    if (reply.ok) {
      set({ version: reply.value.version, save: { status: 'saved' } })
      if (get().text !== text) scheduleSave()
    } else if (reply.error.kind === 'conflict') await showConflict(file)
    else set({ save: { status: 'failed', message: reply.error.message } })
  }

  async function showConflict(file: string): Promise<void> {
    const theirs = await host.call('chains.read', { file })
    if (get().file !== file) return
    if (theirs.ok && theirs.value.text === get().text) set({ version: theirs.value.version, save: { status: 'saved' } })
    else if (theirs.ok) set({ save: { status: 'conflict', theirs: theirs.value } })
    else if (theirs.error.kind === 'not_found') set({ save: { status: 'conflict', theirs: null } })
    else set({ save: { status: 'failed', message: theirs.error.message } })
  }

  /** The text on disk becomes the text here, as one step that can be undone. */
  function takenOver(file: string, before: string, theirs: { text: string; version: string }): Partial<ChainState> {
    const change = { before, label: 'Changed on disk', mergeKey: null, at: Date.now() }
    const history = theirs.text === before ? historyOf(file) : recordChange(historyOf(file), change)
    const { version, text } = theirs
    return {
      ...show(text, get().file === file ? get().good : null),
      ...remember(file, history, text),
      version,
      save: { status: 'saved' },
    }
  }

  return {
    ...NO_CHAIN,

    async open(file) {
      await get().flush()
      const opened = await callOrNotify('chains.read', { file })
      if (opened === null) return false
      clearTimeout(saveTimer)
      judged = []
      // What could not be saved when it was last open is one undo away.
      const before = histories.get(file)?.text ?? opened.text
      set({ file, ...takenOver(file, before, opened) })
      return true
    },

    async close() {
      await get().flush()
      clearTimeout(saveTimer)
      set(NO_CHAIN)
    },

    forget() {
      clearTimeout(saveTimer)
      histories.clear()
      set(NO_CHAIN)
    },

    edit(edits, label) {
      const { text } = get()
      if (parseDocument(text).errors.length > 0) {
        notifyError({
          kind: 'not_possible',
          message: 'The YAML of this chain cannot be read. Set it right in the YAML view first; nothing was changed.',
        })
        return
      }
      change(editChain(text, edits), label, mergeKeyOf(edits))
    },

    setText: (text) => change(text, 'Typing', 'typing'),
    undo: () => moveInHistory(undoChange),
    redo: () => moveInHistory(redoChange),

    async flush() {
      clearTimeout(saveTimer)
      while (writing !== null) await writing
      const { file, save } = get()
      if (file === null || save.status === 'saved' || save.status === 'conflict') return
      clearTimeout(saveTimer)
      writing = write(file).finally(() => {
        writing = null
      })
      await writing
    },

    async takeTheirs() {
      const { file, save } = get()
      if (file === null || save.status !== 'conflict') return
      if (save.theirs !== null) return set(takenOver(file, get().text, save.theirs))
      set({ save: { status: 'saved' } })
      await get().close()
    },

    async keepMine() {
      const { save } = get()
      if (save.status !== 'conflict') return
      set({ version: save.theirs?.version ?? null, save: { status: 'pending' } })
      await get().flush()
    },

    async checkAgain() {
      const { file, parsed, text } = get()
      if (file !== null && parsed.graph !== null) await checkWithHost(text)
    },

    async diskChanged() {
      // Our own write is reported too: its version is known only when it has been answered.
      await writing
      const { file, version: before } = get()
      if (file === null) return
      const reply = await host.call('chains.read', { file })
      await writing
      const { file: still, version, save } = get()
      if (still !== file || save.status === 'saving') return
      // We wrote while it was read: what was read may be older than that, and is no other's change.
      if (version !== before) return get().diskChanged()
      if (!reply.ok) {
        if (reply.error.kind === 'not_found') set({ save: { status: 'conflict', theirs: null } })
        return
      }
      if (reply.value.version === version) return
      if (save.status === 'saved' || reply.value.text === get().text) set(takenOver(file, get().text, reply.value))
      else {
        clearTimeout(saveTimer)
        set({ save: { status: 'conflict', theirs: reply.value } })
      }
    },
  }
})

/** Typing in a field of the inspector sets the same key again and again. */
function mergeKeyOf(edits: readonly ChainEdit[]): string | null {
  const [edit] = edits
  return edits.length === 1 && edit?.kind === 'set' && edit.value !== undefined
    ? `set ${JSON.stringify(edit.path)}`
    : null
}
