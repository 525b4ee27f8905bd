import { open } from 'node:fs/promises'
import type { JsonlSource } from '../../shared/source.ts'
import type { Json } from '../../shared/json.ts'
import { type ItemRead, type ItemSource, SourceBroken } from '../ports/source.ts'
import { describeFileError } from './fileError.ts'
import { countLines, type RawLine, readLines } from './lines.ts'
import { fromWorkspace, toWorkspace } from './workspacePath.ts'

/** Each line of a JSON Lines file as an item. Blank lines are passed over; a broken line is one failed item. */
export async function openJsonlSource(source: JsonlSource, workspace: string): Promise<ItemSource> {
  const file = fromWorkspace(workspace, source.jsonl)
  const broken = (error: unknown) =>
    new SourceBroken(`The source ${source.jsonl} cannot be read. ${describeFileError(error)}`)
  try {
    const handle = await open(file, 'r')
    const isFile = (await handle.stat()).isFile()
    await handle.close()
    if (!isFile) throw new SourceBroken(`The source ${source.jsonl} is not a file.`)
  } catch (error) {
    throw error instanceof SourceBroken ? error : broken(error)
  }
  return {
    label: toWorkspace(workspace, file),
    count: (signal) => countLines(file, signal),
    keys: () => null,
    async *entries(from) {
      let index = from
      try {
        for await (const lines of readLines(file, from))
          yield lines.map((line) => {
            const entry = { index, key: String(index + 1), bytes: line.bytes.length, load: () => parseLine(line) }
            index++
            return entry
          })
      } catch (error) {
        throw broken(error)
      }
    },
    close: () => Promise.resolve(),
  }
}

function parseLine({ bytes, number }: RawLine): ItemRead {
  const text = bytes.toString('utf8')
  try {
    return { ok: true, value: JSON.parse(number === 1 ? text.replace(/^\uFEFF/, '') : text) as Json }
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    return { ok: false, failure: { kind: 'source', message: `Line ${number} is not valid JSON: ${error.message}.` } }
  }
}
