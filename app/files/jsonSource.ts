import type { Json } from '../../shared/json.ts'
import type { JsonSource } from '../../shared/source.ts'
import { type ItemRead, type ItemSource, SourceBroken, type SourceEntry } from '../ports/source.ts'
import { decodePiece } from './decodeText.ts'
import { itemFailure } from './itemFailure.ts'
import { JsonListScanner, type RawElement } from './jsonList.ts'
import { readBytes } from './readBytes.ts'
import { sourceFile } from './sourceFile.ts'

/** A longer element is that item's failure and never stands in memory. */
const MAX_ELEMENT_BYTES = 50_000_000

/** Each element of a list in a JSON file of any size as an item. A broken element is one failed item. */
export async function openJsonSource(source: JsonSource, workspace: string): Promise<ItemSource> {
  const { file, label, broken } = await sourceFile(source.json, workspace)
  const path = source.path === undefined || source.path === '' ? [] : source.path.split('.')
  const scanner = (skip: number) => new JsonListScanner({ path, skip, maxBytes: MAX_ELEMENT_BYTES })
  const read = async function* (scan: JsonListScanner): AsyncGenerator<readonly RawElement[]> {
    try {
      for await (const chunk of readBytes(file)) {
        yield scan.push(chunk)
        if (scan.isDone) return
      }
      scan.end()
    } catch (error) {
      if (!(error instanceof SourceBroken)) throw broken(error)
      throw new SourceBroken(`The source ${source.json} cannot be read. ${error.message}`)
    }
  }
  return {
    label: path.length === 0 ? label : `${label} ${path.join('.')}`,
    grows: false,
    keys: () => null,
    count: async (signal) => {
      const scan = scanner(Number.POSITIVE_INFINITY)
      for await (const _passed of read(scan)) signal.throwIfAborted()
      return scan.count
    },
    async *entries(from, signal) {
      let index = from
      for await (const elements of read(scanner(from))) {
        if (signal.aborted) return
        const entries = elements.map((element): SourceEntry => {
          const at = index++
          const bytes = element.isTooLong ? null : element.bytes.length
          return { index: at, key: String(at + 1), source: null, bytes, load: () => parseElement(element, at + 1) }
        })
        if (entries.length > 0) yield entries
      }
    },
    finish: () => undefined,
    close: () => Promise.resolve(),
  }
}

function parseElement({ bytes, isTooLong }: RawElement, number: number): ItemRead {
  if (isTooLong) return itemFailure(`Element ${number} is longer than ${MAX_ELEMENT_BYTES / 1e6} MB.`)
  try {
    return { ok: true, value: JSON.parse(decodePiece(bytes)) as Json }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return itemFailure(`Element ${number} is not valid JSON: ${error.message}.`)
  }
}
