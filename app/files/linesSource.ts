import type { LinesSource } from '../../shared/source.ts'
import type { ItemRead, ItemSource, SourceEntry } from '../ports/source.ts'
import { decodePiece } from './decodeText.ts'
import { itemFailure } from './itemFailure.ts'
import { beginsRecord, type LineRecord, MAX_RECORD_BYTES, readRecords } from './lineRecords.ts'
import { countLines } from './lines.ts'
import { sourceFile } from './sourceFile.ts'

/**
 * Each line of a text file as an item `{line, text}`, blank ones passed over; with a `pattern` each record of several
 * lines, where `line` is its first.
 */
export async function openLinesSource(source: LinesSource, workspace: string): Promise<ItemSource> {
  const { file, label, broken } = await sourceFile(source.lines, workspace)
  const begins = source.pattern === undefined ? null : beginsRecord(source.pattern)
  return {
    label,
    grows: false,
    keys: () => null,
    count: async (signal) => {
      try {
        if (begins === null) return await countLines(file, signal)
        let count = 0
        for await (const records of readRecords(file, begins, 0)) {
          signal.throwIfAborted()
          count += records.length
        }
        return count
      } catch (error) {
        throw signal.aborted ? signal.reason : broken(error)
      }
    },
    async *entries(from, signal) {
      let index = from
      try {
        for await (const records of readRecords(file, begins, from)) {
          if (signal.aborted) return
          yield records.map((record): SourceEntry => {
            const bytes = record.isTooLong ? null : record.lines.reduce((sum, line) => sum + line.length, 0)
            const entry = { index, key: String(index + 1), source: null, bytes, load: () => recordItem(record) }
            index++
            return entry
          })
        }
      } catch (error) {
        throw broken(error)
      }
    },
    finish: () => undefined,
    close: () => Promise.resolve(),
  }
}

function recordItem({ lines, line, isTooLong }: LineRecord): ItemRead {
  if (isTooLong) return itemFailure(`The record at line ${line} is longer than ${MAX_RECORD_BYTES / 1e6} MB.`)
  return { ok: true, value: { line, text: lines.map(decodePiece).join('\n') } }
}
