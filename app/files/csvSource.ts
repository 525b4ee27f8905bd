import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import type { CsvSource } from '../../shared/source.ts'
import { type ItemRead, type ItemSource, SourceBroken, type SourceEntry } from '../ports/source.ts'
import { encodingOf } from './decodeText.ts'
import { describeFileError } from './fileError.ts'
import { fromWorkspace, toWorkspace } from './workspacePath.ts'

const GROUP = 256

/** Each row of a CSV file as an item: its columns by the names in the first line. */
export async function openCsvSource(source: CsvSource, workspace: string): Promise<ItemSource> {
  const file = fromWorkspace(workspace, source.csv)
  const broken = (error: unknown) =>
    new SourceBroken(
      `The source ${source.csv} cannot be read. ${error instanceof CsvError ? `${error.message}.` : describeFileError(error)}`,
    )
  let format: CsvFormat
  try {
    format = await detectFormat(file)
  } catch (error) {
    throw broken(error)
  }
  const header = format.header
  const missing = (source.columns ?? []).filter((name) => !header.includes(name))
  if (missing.length > 0)
    throw new SourceBroken(
      `The source ${source.csv} has no column ${missing.join(', ')}. It has: ${header.join(', ')}.`,
    )
  const twice = header.find((name, index) => header.indexOf(name) !== index)
  if (twice !== undefined)
    throw new SourceBroken(`The source ${source.csv} has two columns named ${twice}; give one another name.`)
  const columns = source.columns ?? header

  return {
    label: toWorkspace(workspace, file),
    keys: () => null,
    count: async (signal) => {
      let count = 0
      try {
        for await (const _row of readRows(file, format)) {
          count++
          if (signal.aborted) break
        }
      } catch (error) {
        throw broken(error)
      }
      return count
    },
    async *entries(from) {
      let group: SourceEntry[] = []
      let index = 0
      try {
        for await (const row of readRows(file, format)) {
          if (index >= from)
            group.push({ index, key: String(index + 1), bytes: null, load: () => toItem(row, header, columns) })
          index++
          if (group.length < GROUP) continue
          yield group
          group = []
        }
      } catch (error) {
        throw broken(error)
      }
      if (group.length > 0) yield group
    },
    close: () => Promise.resolve(),
  }
}

interface CsvFormat {
  readonly encoding: BufferEncoding
  readonly delimiter: string
  readonly header: readonly string[]
}

interface Row {
  readonly cells: readonly string[]
  /** 1-based line in the file where the row ends. */
  readonly line: number
}

async function detectFormat(file: string): Promise<CsvFormat> {
  const handle = await open(file, 'r')
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(65_536), 0, 65_536, 0)
    const start = buffer.subarray(0, bytesRead)
    const found = encodingOf(start)
    const encoding: BufferEncoding = found === 'utf-16le' ? 'utf16le' : found === 'utf-8' ? 'utf8' : 'latin1'
    const text = start.toString(encoding).replace(/^\uFEFF/, '')
    const delimiter = likelyDelimiter(text.slice(0, text.search(/\r?\n|$/)))
    for await (const row of readAll(file, { encoding, delimiter }))
      return { encoding, delimiter, header: row.cells.map((name) => name.trim()) }
    throw new SourceBroken(`${file} is empty: the first line must name the columns.`)
  } finally {
    await handle.close()
  }
}

/** Spreadsheets of many countries write semicolons or tabs into a .csv: what the first line has most of is it. */
function likelyDelimiter(line: string): string {
  const unquoted = line.replace(/"[^"]*"/g, '')
  const count = (character: string) => unquoted.split(character).length
  return [',', ';', '\t'].reduce((best, next) => (count(next) > count(best) ? next : best))
}

async function* readAll(file: string, format: Omit<CsvFormat, 'header'>): AsyncGenerator<Row> {
  const { encoding, delimiter } = format
  const parser = parse({ bom: true, encoding, delimiter, info: true, relax_column_count: true, skip_empty_lines: true })
  // What goes wrong on either side ends the loop below with that error.
  pipeline(createReadStream(file), parser, () => undefined)
  for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>)
    yield { cells: record, line: info.lines }
}

async function* readRows(file: string, format: CsvFormat): AsyncGenerator<Row> {
  let isHeader = true
  for await (const row of readAll(file, format)) {
    if (!isHeader) yield row
    isHeader = false
  }
}

function toItem({ cells, line }: Row, header: readonly string[], columns: readonly string[]): ItemRead {
  if (cells.length !== header.length) {
    const message = `Line ${line} has ${cells.length} columns, the first line names ${header.length}.`
    return { ok: false, failure: { kind: 'source', message } }
  }
  return { ok: true, value: Object.fromEntries(columns.map((name) => [name, cells[header.indexOf(name)] ?? ''])) }
}
