import { closeSync, openSync, readSync, type Stats, statSync } from 'node:fs'
import { extname, resolve } from 'node:path'
import type { Source } from '../../shared/source.ts'
import { Refusal } from './refusal.ts'

/** So much of a text file is looked at to tell a list of addresses from other lines. */
const LOOKED_AT_BYTES = 1_000_000

/** What `--inputs` takes, for messages and help. */
export const INPUTS_HELP =
  'a folder, a table (.csv, .tsv, .xlsx: an item a row), a list (.jsonl, .json), or a text (.txt, .log: an item a line; lines that are all web addresses are read as pages)'

/** The source that `--inputs PATH` stands for. Its path is absolute: it was meant from the current folder. */
export function inputsSource(given: string): Source {
  const path = resolve(given)
  const stats = statOf(path)
  if (stats === null) throw new Refusal(`--inputs: there is no file or folder ${given}.`)
  if (stats.isDirectory()) return { folder: path }
  switch (extname(path).toLowerCase()) {
    case '.csv':
      return { csv: path }
    case '.tsv':
      return { tsv: path }
    case '.jsonl':
    case '.ndjson':
      return { jsonl: path }
    case '.json':
      return { json: path }
    case '.xlsx':
      return { xlsx: path }
    case '.txt':
      return holdsAddresses(path) ? { urls: path } : { lines: path }
    case '.log':
      return { lines: path }
    default:
      throw new Refusal(`--inputs: ${given} is of a kind that cannot be read. It takes ${INPUTS_HELP}.`)
  }
}

function statOf(path: string): Stats | null {
  return statSync(path, { throwIfNoEntry: false }) ?? null
}

/** Whether all lines at the start of a text are addresses of pages; comments (#) may stand between them. */
function holdsAddresses(path: string): boolean {
  const { text, isWhole } = startOf(path)
  const lines = text.split(/\r?\n/).map((line) => line.trim())
  // The last line of a part may be cut.
  const whole = isWhole ? lines : lines.slice(0, -1)
  const told = whole.filter((line) => line !== '' && !line.startsWith('#'))
  return told.length > 0 && told.every((line) => /^https?:\/\/\S+$/i.test(line))
}

function startOf(path: string): { readonly text: string; readonly isWhole: boolean } {
  const file = openSync(path, 'r')
  try {
    const bytes = Buffer.alloc(LOOKED_AT_BYTES)
    const length = readSync(file, bytes, 0, LOOKED_AT_BYTES, 0)
    const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe
    const text = bytes.toString(isUtf16 ? 'utf16le' : 'utf8', 0, length).replace(/^\uFEFF/, '')
    return { text, isWhole: length < LOOKED_AT_BYTES }
  } finally {
    closeSync(file)
  }
}
