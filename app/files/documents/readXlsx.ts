import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { zipSync } from 'fflate'
import readWorkbook, { readSheet, SheetNotFoundError } from 'read-excel-file/universal'
import type { Json } from '../../../shared/json.ts'
import type { DocumentRead } from './documentTask.ts'
import { isOldOffice } from './readDocx.ts'
import { Unreadable } from './unreadable.ts'
import { unzipBounded } from './unzipBounded.ts'

/** A workbook as text: each sheet's name and its rows, cells parted by tabs; sheets are parted by form feeds. */
export async function readXlsx(bytes: Uint8Array): Promise<DocumentRead> {
  const sheets = await readWorkbook(withoutMedia(bytes))
  const texts = sheets.map(({ sheet, data }) => {
    const rows = data.map((row) => row.map(cellJson)).filter(hasContent)
    return [sheet, ...rows.map((row) => row.map(cellText).join('\t').trimEnd())].join('\n')
  })
  return { ok: true, text: texts.join('\f'), more: { sheets: sheets.map(({ sheet }) => sheet) } }
}

/** Writes a sheet's rows that are not blank to a file, and gives their number. */
export async function readSheetRows(
  bytes: Uint8Array,
  { sheet, rowsFile }: { readonly sheet: string | null; readonly rowsFile: string },
): Promise<DocumentRead> {
  const data = await readSheet(withoutMedia(bytes), sheet ?? 1).catch((error: unknown) => {
    if (error instanceof SheetNotFoundError)
      throw new Unreadable(`There is no sheet ${sheet ?? 1} in it. ${error.message}.`)
    throw error
  })
  let count = 0
  const lines = function* () {
    for (const row of data) {
      const cells = row.map(cellJson)
      if (!hasContent(cells)) continue
      count++
      yield `${JSON.stringify(cells)}\n`
    }
  }
  await pipeline(Readable.from(lines()), createWriteStream(rowsFile))
  return { ok: true, text: '', more: { rows: count } }
}

/** The reader unpacks without any bound of its own: it gets an archive in which nothing is packed. */
function withoutMedia(bytes: Uint8Array): ArrayBuffer {
  if (isOldOffice(bytes))
    throw new Unreadable('It is encrypted, or of the old .xls kind. Save it as .xlsx without a password.')
  const parts = unzipBounded(bytes, (name) => name.endsWith('.xml') || name.endsWith('.rels'))
  return zipSync(parts, { level: 0 }).buffer
}

function hasContent(cells: readonly Json[]): boolean {
  return cells.some((cell) => cell !== null)
}

/** Dates have no zone in a spreadsheet: `2026-03-01`, or `2026-03-01T09:30:00`. */
function cellJson(cell: unknown): Json {
  if (cell === null || typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'boolean') return cell
  if (!(cell instanceof Date)) return String(cell)
  if (Number.isNaN(cell.getTime())) return null
  // Days as a fraction lose the last thousandth: 09:30 comes as 09:29:59.999.
  const nearest = Math.round(cell.getTime() / 1000) * 1000
  const date = Math.abs(cell.getTime() - nearest) <= 1 ? new Date(nearest) : cell
  return date.toISOString().replace(/T00:00:00\.000Z$|(\.000)?Z$/, '')
}

function cellText(cell: Json): string {
  return cell === null ? '' : String(cell)
}
