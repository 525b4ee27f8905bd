import { mkdtemp, open, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Json } from '../../shared/json.ts'
import type { XlsxSource } from '../../shared/source.ts'
import { type ItemSource, SourceBroken, type SourceEntry } from '../ports/source.ts'
import { readInThread } from './documentThreads.ts'
import { type RawLine, readLines } from './lines.ts'
import { sourceFile } from './sourceFile.ts'
import { rowItem, type TableColumns, tableColumns } from './tableColumns.ts'

const MAX_BYTES = 100_000_000
/** A sheet has a million rows at most. */
const MAX_SECONDS = 120

/**
 * Each row of a sheet as an item: its columns by the names in the first row, dates as ISO 8601, empty cells null, blank
 * rows left out. A workbook can only be read as a whole: a worker thread does it once and writes the rows to a temporary
 * file, from which they are then read as they are needed.
 */
export async function openXlsxSource(source: XlsxSource, workspace: string): Promise<ItemSource> {
  const { file, label, bytes, broken } = await sourceFile(source.xlsx, workspace)
  if (bytes > MAX_BYTES)
    throw new SourceBroken(`The source ${source.xlsx} has ${bytes} bytes; at most ${MAX_BYTES} are read.`)
  const folder = await mkdtemp(join(tmpdir(), 'jacquard-sheet-'))
  const close = () => rm(folder, { recursive: true, force: true })
  const rowsFile = join(folder, 'rows.jsonl')
  try {
    const count = await writeRows(source, { file, rowsFile })
    const columns = tableColumns(await firstRow(rowsFile), undefined, source.xlsx)
    return {
      label: source.sheet === undefined ? label : `${label} ${source.sheet}`,
      grows: false,
      keys: () => null,
      count: () => Promise.resolve(count - 1),
      async *entries(from, signal) {
        let index = from
        for await (const lines of readLines(rowsFile, { skip: from + 1, maxBytes: MAX_BYTES, withBlank: false })) {
          if (signal.aborted) return
          yield lines.map((line): SourceEntry => {
            const entry = {
              index,
              key: String(index + 1),
              source: null,
              bytes: null,
              load: () => loadRow(columns, line),
            }
            index++
            return entry
          })
        }
      },
      finish: () => undefined,
      close,
    }
  } catch (error) {
    await close()
    throw broken(error)
  }
}

async function writeRows(source: XlsxSource, { file, rowsFile }: { file: string; rowsFile: string }): Promise<number> {
  const handle = await open(rowsFile, 'w')
  await handle.close()
  const bytes = Uint8Array.from(await readFile(file))
  const task = { kind: 'sheet', bytes, sheet: source.sheet ?? null, rowsFile } as const
  const read = await readInThread(task, { seconds: MAX_SECONDS, signal: undefined })
  if (!read.ok) throw new SourceBroken(`The source ${source.xlsx} cannot be read. ${read.message}`)
  const count = Number(read.more.rows)
  if (count === 0) throw new SourceBroken(`The source ${source.xlsx} is empty: the first row must name the columns.`)
  return count
}

async function firstRow(rowsFile: string): Promise<readonly string[]> {
  for await (const lines of readLines(rowsFile, { skip: 0, maxBytes: MAX_BYTES, withBlank: false }))
    for (const { bytes } of lines) return parseRow(bytes).map((cell) => (cell === null ? '' : String(cell)))
  return []
}

/** A row is as long as the first in the file itself: what a sheet leaves out at its end is empty. */
function loadRow(columns: TableColumns, { bytes, number }: RawLine) {
  const cells = parseRow(bytes)
  return rowItem(
    columns,
    Array.from({ length: Math.max(columns.width, cells.length) }, (_, at) => cells[at] ?? null),
    number,
  )
}

function parseRow(bytes: Buffer): readonly Json[] {
  return JSON.parse(bytes.toString('utf8')) as readonly Json[]
}
