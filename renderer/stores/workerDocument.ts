import type { Problem } from '../../shared/problem.ts'
import type { Worker } from '../../shared/worker.ts'
import { parseWorker } from '../../shared/workerDocument.ts'
import { type ChainHistory, NO_HISTORY, recordChange } from './chainHistory.ts'

/** A worker file as it stands in this window. Pure; workerStore keeps one for each file that was opened. */
export interface WorkerDocument {
  readonly file: string
  /** The only truth: form and YAML both show this text. */
  readonly text: string
  /** As it is on disk, as far as this window knows. */
  readonly saved: { readonly text: string; readonly version: string }
  /** null: the text cannot be used as it stands. */
  readonly worker: Worker | null
  readonly problems: readonly Problem[]
  readonly save: WorkerSave
  readonly history: ChainHistory
}

export type WorkerSave =
  | { readonly status: 'idle' }
  | { readonly status: 'saving' }
  /** The file on disk is not the one this edit began with. `theirs` null: it was taken away. */
  | { readonly status: 'conflict'; readonly theirs: { readonly text: string; readonly version: string } | null }
  | { readonly status: 'failed'; readonly message: string }

export function openDocument(read: { file: string; text: string; version: string }): WorkerDocument {
  const { file, text, version } = read
  const saved = { text, version }
  return { file, text, saved, ...parsed(text), save: { status: 'idle' }, history: NO_HISTORY }
}

export function isChanged({ text, saved }: Pick<WorkerDocument, 'text' | 'saved'>): boolean {
  return text !== saved.text
}

interface TextChange {
  readonly text: string
  readonly label: string
  readonly mergeKey: string | null
  /** Unix milliseconds. */
  readonly at: number
}

export function changeText(document: WorkerDocument, { text, label, mergeKey, at }: TextChange): WorkerDocument {
  if (text === document.text) return document
  const history = recordChange(document.history, { before: document.text, label, mergeKey, at })
  return { ...withText(document, text), history }
}

/** The text alone; what can be undone stays as it is. */
export function withText(document: WorkerDocument, text: string): WorkerDocument {
  return { ...document, text, ...parsed(text) }
}

function parsed(text: string): Pick<WorkerDocument, 'worker' | 'problems'> {
  return parseWorker(text)
}
