import { readFileSync, statSync } from 'node:fs'
import { basename, dirname, extname, resolve } from 'node:path'
import type { Request } from '../../shared/api.ts'
import type { Chain } from '../../shared/chain.ts'
import type { Json } from '../../shared/json.ts'
import { Refusal } from './refusal.ts'

type TestItem = Request<'runs.test'>['item']

/**
 * What `--item FILE|JSON` stands for. A file is read as a source would read it, so that the chain sees the same item as in
 * a batch: of a chain whose source is a folder every file is an item of its folder. Of others a table or .jsonl file gives
 * its first row, a .json file is the item itself, and the rest are items of their folders.
 */
export function testItem(given: string, chain: Chain): TestItem {
  const path = resolve(given)
  const stats = statSync(path, { throwIfNoEntry: false })
  if (stats === undefined) return { value: readValue(given, () => neitherFileNorJson(given)) }
  if (stats.isDirectory()) throw new Refusal(`--item: ${given} is a folder; name one file in it.`)
  const asDocument = {
    source: { folder: dirname(path), include: [literalGlob(basename(path))], recursive: false },
    index: 0,
  }
  if (chain.source !== undefined && ('folder' in chain.source || 'watch' in chain.source)) return asDocument
  switch (extname(path).toLowerCase()) {
    case '.csv':
      return { source: { csv: path }, index: 0 }
    case '.tsv':
      return { source: { tsv: path }, index: 0 }
    case '.xlsx':
      return { source: { xlsx: path }, index: 0 }
    case '.jsonl':
    case '.ndjson':
      return { source: { jsonl: path }, index: 0 }
    case '.json':
      return { value: readValue(readFileSync(path, 'utf8'), (why) => `--item: ${given} is not JSON: ${why}`) }
    default:
      return asDocument
  }
}

function readValue(text: string, complaint: (why: string) => string): Json {
  try {
    return JSON.parse(text) as Json
  } catch (error) {
    throw new Refusal(complaint(error instanceof Error ? error.message : String(error)))
  }
}

function neitherFileNorJson(given: string): string {
  return /^\s*[[{"]/.test(given)
    ? `--item is not valid JSON: ${given}`
    : `--item: there is no file ${given}, and it is not JSON. A text item is written with quotes: '"some text"'.`
}

/** A glob that matches this name only. */
function literalGlob(name: string): string {
  return name.replace(/[\\*?[\]{}()!+@|]/g, '\\$&')
}
