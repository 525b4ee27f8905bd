import type { ItemPreview, SourcePreview } from '../../shared/item.ts'
import { isJsonObject, type Json } from '../../shared/json.ts'
import type { Source } from '../../shared/source.ts'
import { type ItemSource, SourceBroken, type SourceEntry } from '../ports/source.ts'
import { done, type Handlers, type Outcome, refuse, type Session } from './session.ts'

type SourceHandlers = Pick<Handlers, Extract<keyof Handlers, `source.${string}` | `files.${string}`>>

/** Longest preview of an item, in characters. */
const PREVIEW_LENGTH = 200
/** An item in full is sent only up to this size, as JSON; its longest texts are cut. */
const SAMPLE_TEXT_LENGTH = 20_000
/** A count that takes longer is left out of a preview: the items are shown without it. */
const COUNT_MS = 5000
/** Pages and documents that take longer to read are shown as such. */
const READ_MS = 30_000

export function sourceHandlers({ files, openSource }: Pick<Session, 'files' | 'openSource'>): SourceHandlers {
  const withSource = async <T>(
    source: Source,
    use: (opened: ItemSource, signal: AbortSignal) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> => {
    const over = new AbortController()
    try {
      const opened = await openSource(source)
      try {
        return await use(opened, over.signal)
      } finally {
        over.abort()
        await opened.close()
      }
    } catch (error) {
      if (!(error instanceof SourceBroken)) throw error
      return refuse('files', error.message)
    }
  }
  return {
    'source.preview': ({ source, limit }) =>
      withSource(source, async (opened, signal) => done(await preview(opened, limit, signal))),
    'source.item': ({ source, index }) =>
      withSource(source, async (opened, signal) => {
        const entry = await entryAt(opened, index)
        if (entry === null) return refuse('not_found', `The source has no item ${index + 1}.`)
        const read = await entry.load(signal)
        return read.ok ? done({ key: entry.key, value: read.value }) : refuse('files', read.failure.message)
      }),
    'files.list': async ({ path }) => {
      const listed = await files.list(path)
      return listed.ok ? listed : refuse(listed.kind, listed.message)
    },
    'files.upload': async (upload) => {
      const stored = await files.upload(upload)
      return stored.ok ? stored : refuse(stored.kind, stored.message)
    },
  }
}

/** One item of those that are there: a source that grows is not waited for. null: there are fewer. */
export async function entryAt(source: ItemSource, index: number): Promise<SourceEntry | null> {
  source.finish()
  for await (const entries of source.entries(index, new AbortController().signal))
    if (entries[0] !== undefined) return entries[0]
  return null
}

async function preview(source: ItemSource, limit: number, signal: AbortSignal): Promise<SourcePreview> {
  source.finish()
  const [total, items] = await Promise.all([countInTime(source, signal), firstItems(source, limit, signal)])
  const sample = items.map(({ value }) => value).find((value) => value !== null && isJsonObject(value)) ?? null
  const fields = new Set(items.flatMap(({ value }) => (isJsonObject(value) ? Object.keys(value) : [])))
  return {
    label: source.label,
    total,
    items: items.map(({ item }) => item),
    fields: [...fields],
    sample:
      sample !== null && isJsonObject(sample)
        ? Object.fromEntries(Object.entries(sample).map(([key, value]) => [key, cut(value)]))
        : null,
  }
}

async function countInTime(source: ItemSource, signal: AbortSignal): Promise<number | null> {
  const timeout = AbortSignal.timeout(COUNT_MS)
  try {
    return await source.count(AbortSignal.any([signal, timeout]))
  } catch (error) {
    if (timeout.aborted) return null
    throw error
  }
}

async function firstItems(
  source: ItemSource,
  limit: number,
  signal: AbortSignal,
): Promise<{ item: ItemPreview; value: Json | null }[]> {
  const found: { item: ItemPreview; value: Json | null }[] = []
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(READ_MS)])
  for await (const entries of source.entries(0, signal)) {
    for (const entry of entries.slice(0, limit - found.length)) {
      const read = await entry.load(inTime)
      const { index, key, bytes } = entry
      const value = read.ok ? read.value : null
      const size = bytes ?? (isJsonObject(value) && typeof value.bytes === 'number' ? value.bytes : null)
      const item = {
        index,
        key,
        bytes: size,
        preview: read.ok ? previewText(read.value) : '',
        problem: read.ok ? null : read.failure.message,
      }
      found.push({ item, value })
    }
    if (found.length >= limit) break
  }
  return found
}

/** What a person recognises an item by: the words of its text, else its first values (an image has no text). */
function previewText(value: Json): string {
  const text = isJsonObject(value) && typeof value.text === 'string' && value.text !== '' ? value.text : null
  const words = text ?? (isJsonObject(value) ? Object.values(value).map(plainText).join(' · ') : plainText(value))
  const line = words.replace(/\s+/g, ' ').trim()
  return line.length > PREVIEW_LENGTH ? `${line.slice(0, PREVIEW_LENGTH - 1)}…` : line
}

function plainText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function cut(value: Json): Json {
  return typeof value === 'string' && value.length > SAMPLE_TEXT_LENGTH
    ? `${value.slice(0, SAMPLE_TEXT_LENGTH)}…`
    : value
}
