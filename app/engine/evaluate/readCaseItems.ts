import type { Json } from '../../../shared/json.ts'
import type { ItemSource } from '../../ports/source.ts'

export type CaseItem = { readonly ok: true; readonly value: Json } | { readonly ok: false; readonly message: string }

/**
 * The items of a source that have these keys. One that is not there, or cannot be read, says so; the others do not mind.
 * Throws `SourceBroken`.
 */
export async function readCaseItems(
  keys: ReadonlySet<string>,
  /** null: there is no source, and no key. */
  open: (() => Promise<ItemSource>) | null,
): Promise<ReadonlyMap<string, CaseItem>> {
  const found = new Map<string, CaseItem>()
  if (keys.size === 0 || open === null) return found
  await readInto(found, keys, open)
  const missing = [...keys].filter((key) => !found.has(key))
  for (const key of missing) found.set(key, { ok: false, message: `The source has no item ${key}.` })
  return found
}

async function readInto(found: Map<string, CaseItem>, keys: ReadonlySet<string>, open: () => Promise<ItemSource>) {
  const source = await open()
  source.finish()
  const stop = new AbortController()
  try {
    for await (const entries of source.entries(0, stop.signal)) {
      for (const entry of entries.filter(({ key }) => keys.has(key))) {
        const read = await entry.load()
        found.set(entry.key, read.ok ? read : { ok: false, message: read.failure.message })
      }
      if (found.size === keys.size) return
    }
  } finally {
    stop.abort()
    await source.close()
  }
}
