import { pipeline } from 'node:stream'
import { CsvError, parse } from 'csv-parse'
import type { CsvSource, TsvSource } from '../../shared/source.ts'
import { type ItemSource, SourceBroken, type SourceEntry } from '../ports/source.ts'
import { decodePiece } from './decodeText.ts'
import { readBytes } from './readBytes.ts'
import { type SourceFile, sourceFile } from './sourceFile.ts'
import { rowItem, tableColumns } from './tableColumns.ts'

const GROUP = 256
/** A quote that is never closed must not draw the rest of a large file into memory. */
const MAX_ROW_BYTES = 10_000_000

/** Each row of a table in a text file as an item: its columns by the names in the first line. */
export async function openCsvSource(source: CsvSource | TsvSource, workspace: string): Promise<ItemSource> {
  const path = 'csv' in source ? source.csv : source.tsv
  const { file, label, ...of } = await sourceFile(path, workspace)
  const broken: SourceFile['broken'] = (error) =>
    error instanceof CsvError
      ? new SourceBroken(`The source ${path} cannot be read. ${error.message}.`)
      : of.broken(error)
  const table = await openTable(file, { path, tabs: 'tsv' in source }).catch((error: unknown) => {
    throw broken(error)
  })
  const columns = tableColumns(table.firstRow, source.columns, path)

  return {
    label,
    grows: false,
    keys: () => null,
    count: async (signal) => {
      let count = 0
      try {
        for await (const _row of readRows(file, table.delimiter)) {
          count++
          signal.throwIfAborted()
        }
      } catch (error) {
        throw signal.aborted ? signal.reason : broken(error)
      }
      return count
    },
    async *entries(from, signal) {
      let group: SourceEntry[] = []
      let index = 0
      try {
        for await (const { cells, line } of readRows(file, table.delimiter)) {
          if (signal.aborted) return
          const load = () => rowItem(columns, cells.map(decodeCell), line)
          if (index >= from) group.push({ index, key: String(index + 1), source: null, bytes: null, load })
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
    finish: () => undefined,
    close: () => Promise.resolve(),
  }
}

interface Row {
  /** Each byte a character: see `decodeCell`. */
  readonly cells: readonly string[]
  /** 1-based line in the file where the row ends. */
  readonly line: number
}

async function openTable(file: string, { path, tabs }: { path: string; tabs: boolean }) {
  const delimiter = tabs ? '\t' : await likelyDelimiter(file)
  for await (const { cells } of readAll(file, delimiter)) return { delimiter, firstRow: cells.map(decodeCell) }
  throw new SourceBroken(`The source ${path} is empty: the first line must name the columns.`)
}

/** Spreadsheets of many countries write semicolons or tabs into a .csv: what the first line has most of is it. */
async function likelyDelimiter(file: string): Promise<string> {
  for await (const bytes of readBytes(file)) {
    const start = bytes.toString('latin1')
    const unquoted = start.slice(0, start.search(/\r?\n|$/)).replace(/"[^"]*"/g, '')
    const count = (character: string) => unquoted.split(character).length
    return [',', ';', '\t'].reduce((best, next) => (count(next) > count(best) ? next : best))
  }
  return ','
}

async function* readAll(file: string, delimiter: string): AsyncGenerator<Row> {
  const parser = parse({
    encoding: 'latin1',
    delimiter,
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    max_record_size: MAX_ROW_BYTES,
  })
  // What goes wrong on either side ends the loop below with that error.
  pipeline(readBytes(file), parser, () => undefined)
  for await (const { record, info } of parser as AsyncIterable<{ record: string[]; info: { lines: number } }>)
    yield { cells: record, line: info.lines }
}

async function* readRows(file: string, delimiter: string): AsyncGenerator<Row> {
  let isHeader = true
  for await (const row of readAll(file, delimiter)) {
    if (!isHeader) yield row
    isHeader = false
  }
}

/** The parser took each byte for a character, so that every cell can be judged by itself: UTF-8, or Windows-1252. */
function decodeCell(cell: string): string {
  return /[\x80-\xff]/.test(cell) ? decodePiece(Buffer.from(cell, 'latin1')) : cell
}
