import { open, stat } from 'node:fs/promises'
import pLimit from 'p-limit'
import type { JsonObject } from '../../shared/json.ts'
import { decodeText, isText } from './decodeText.ts'
import { documentKind, isReadElsewhereOnly, notReadMessage } from './documentKinds.ts'
import type { DocumentKind } from './documents/documentTask.ts'
import { describeFileError } from './fileError.ts'

/** A larger file is refused instead of being read into memory. */
const MAX_BYTES = 50_000_000
/** An image's size stands at its start. */
const IMAGE_START_BYTES = 1_000_000
const MAX_SECONDS = 30
/** Documents held in memory at the same time, however many items are in flight. */
const slots = pLimit(4)

export interface ReadDocument {
  /** Pages of a PDF and sheets of a workbook are parted by form feeds. Empty of an image only. */
  readonly text: string
  readonly bytes: number
  /** ISO 8601. */
  readonly modified: string
  /**
   * What its kind has besides: a PDF `pages`; a web page `title`; a workbook `sheets`; a mail `from`, `to`, `subject`, `date`,
   * `attachments`; an image `image: {mediaType, width, height}`.
   */
  readonly more: JsonObject
}

export type DocumentOutcome =
  | { readonly ok: true; readonly document: ReadDocument }
  | { readonly ok: false; readonly message: string }

/** The readable text of one file, or why there is none. `signal` gives up a parser that takes long. */
export function readDocument(file: string, signal?: AbortSignal): Promise<DocumentOutcome> {
  return slots(() => readNow(file, signal))
}

async function readNow(file: string, signal: AbortSignal | undefined): Promise<DocumentOutcome> {
  if (signal?.aborted === true) return { ok: false, message: 'It was given up.' }
  const kind = documentKind(file)
  if (kind === null && isReadElsewhereOnly(file)) return { ok: false, message: notReadMessage(file) }
  const found = await readFileBounded(file, kind)
  if (!found.ok) return found
  const { bytes, size, modified } = found
  if (kind !== null) {
    const { readInThread } = await import('./documentThreads.ts')
    const read = await readInThread({ kind, bytes }, { seconds: MAX_SECONDS, signal })
    if (!read.ok) return read
    return withText({ text: read.text, bytes: size, modified, more: read.more }, kind === 'image')
  }
  if (!isText(bytes)) return { ok: false, message: notReadMessage(file) }
  return withText({ text: decodeText(bytes).replaceAll('\r\n', '\n'), bytes: size, modified, more: {} }, false)
}

function withText(document: ReadDocument, mayBeEmpty: boolean): DocumentOutcome {
  if (document.text.trim() === '' && !mayBeEmpty) return { ok: false, message: 'The file holds no text.' }
  return { ok: true, document }
}

type FileRead =
  | { readonly ok: true; readonly bytes: Uint8Array; readonly size: number; readonly modified: string }
  | { readonly ok: false; readonly message: string }

async function readFileBounded(file: string, kind: DocumentKind | null): Promise<FileRead> {
  try {
    // Asked first: to open a pipe is to wait for somebody who writes into it.
    if (!(await stat(file)).isFile()) return { ok: false, message: 'It is not a file.' }
    const handle = await open(file, 'r')
    try {
      const { size, mtime } = await handle.stat()
      if (size === 0) return { ok: false, message: 'The file is empty: it holds no text.' }
      if (size > MAX_BYTES) return { ok: false, message: `The file has ${size} bytes; at most ${MAX_BYTES} are read.` }
      const bytes = new Uint8Array(kind === 'image' ? Math.min(size, IMAGE_START_BYTES) : size)
      let filled = 0
      while (filled < bytes.length) {
        const { bytesRead } = await handle.read(bytes, filled, bytes.length - filled, filled)
        if (bytesRead === 0) return { ok: false, message: 'The file became shorter while it was read.' }
        filled += bytesRead
      }
      return { ok: true, bytes, size, modified: mtime.toISOString() }
    } finally {
      await handle.close()
    }
  } catch (error) {
    return { ok: false, message: describeFileError(error) }
  }
}
