import type { Json } from '../../shared/json.ts'
import type { JsonlSource } from '../../shared/source.ts'
import type { ItemRead, ItemSource, SourceEntry } from '../ports/source.ts'
import { decodePiece } from './decodeText.ts'
import { itemFailure } from './itemFailure.ts'
import { countLines, type RawLine, readLines } from './lines.ts'
import { sourceFile } from './sourceFile.ts'

/** A longer line is that item's failure and never stands in memory. */
const MAX_LINE_BYTES = 50_000_000

/** Each line of a JSON Lines file as an item. Blank lines are passed over; a broken line is one failed item. */
export async function openJsonlSource(source: JsonlSource, workspace: string): Promise<ItemSource> {
  const { file, label, broken } = await sourceFile(source.jsonl, workspace)
  return {
    label,
    grows: false,
    count: async (signal) => {
      try {
        return await countLines(file, signal)
      } catch (error) {
        throw signal.aborted ? signal.reason : broken(error)
      }
    },
    keys: () => null,
    async *entries(from, signal) {
      let index = from
      try {
        for await (const lines of readLines(file, { skip: from, maxBytes: MAX_LINE_BYTES, withBlank: false })) {
          if (signal.aborted) return
          yield lines.map((line): SourceEntry => {
            const bytes = line.isTooLong ? null : line.bytes.length
            const entry = { index, key: String(index + 1), source: null, bytes, load: () => parseLine(line) }
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

function parseLine({ bytes, number, isTooLong }: RawLine): ItemRead {
  if (isTooLong) return itemFailure(`Line ${number} is longer than ${MAX_LINE_BYTES / 1e6} MB.`)
  try {
    return { ok: true, value: JSON.parse(decodePiece(bytes)) as Json }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return itemFailure(`Line ${number} is not valid JSON: ${error.message}.`)
  }
}
