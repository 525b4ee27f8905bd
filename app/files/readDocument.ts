import { open } from 'node:fs/promises'
import { extname } from 'node:path'
import { Piscina } from 'piscina'
import { decodeText } from './decodeText.ts'
import { describeFileError } from './fileError.ts'

/** Files of these kinds are read; a list that people see in errors. */
const READABLE = ['.txt', '.md', '.markdown', '.html', '.htm', '.json'] as const

/** A file larger than this is refused instead of being read into memory. */
const MAX_BYTES = 50_000_000

export type ReadDocument =
  | { readonly ok: true; readonly text: string; readonly bytes: number; readonly modified: string }
  | { readonly ok: false; readonly message: string }

/** The readable text of one file, or why there is none. */
export async function readDocument(file: string): Promise<ReadDocument> {
  const extension = extname(file).toLowerCase()
  if (!(READABLE as readonly string[]).includes(extension))
    return {
      ok: false,
      message: `${extension === '' ? 'Files without an ending' : `${extension} files`} are not read yet; ${READABLE.join(', ')} are.`,
    }
  let handle: Awaited<ReturnType<typeof open>>
  try {
    handle = await open(file, 'r')
  } catch (error) {
    return { ok: false, message: describeFileError(error) }
  }
  try {
    const { size, mtime } = await handle.stat()
    if (size > MAX_BYTES) return { ok: false, message: `The file has ${size} bytes; at most ${MAX_BYTES} are read.` }
    const raw = decodeText(await handle.readFile())
    const text = extension === '.html' || extension === '.htm' ? await htmlToText(raw) : raw
    if (text.trim() === '') return { ok: false, message: 'The file holds no text.' }
    return { ok: true, text, bytes: size, modified: mtime.toISOString() }
  } catch (error) {
    return { ok: false, message: describeFileError(error) }
  } finally {
    await handle.close()
  }
}

let pool: Piscina<{ html: string }, string> | null = null

function htmlToText(html: string): Promise<string> {
  const extension = import.meta.url.endsWith('.ts') ? '.ts' : '.js'
  pool ??= new Piscina({
    filename: new URL(`./documentWorker${extension}`, import.meta.url).href,
    minThreads: 0,
    maxThreads: 2,
    idleTimeout: 5000,
  })
  return pool.run({ html })
}
