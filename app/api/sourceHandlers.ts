import type { Source } from '../../shared/source.ts'
import type { ItemPreview, SourcePreview } from '../../shared/item.ts'
import { isJsonObject, type Json } from '../../shared/json.ts'
import { type ItemSource, SourceBroken, type SourceEntry } from '../ports/source.ts'
import { done, type Handlers, type Outcome, refuse, type Session } from './session.ts'

type SourceHandlers = Pick<Handlers, Extract<keyof Handlers, `source.${string}` | `files.${string}`>>

/** Longest preview of an item, in characters. */
const PREVIEW_LENGTH = 200
/** An item in full is sent only up to this size, as JSON; its longest texts are cut. */
const SAMPLE_TEXT_LENGTH = 20_000

export function sourceHandlers({ files, openSource }: Session): SourceHandlers {
  const withSource = async <T>(
    source: Source,
    use: (opened: ItemSource) => Promise<Outcome<T>>,
  ): Promise<Outcome<T>> => {
    try {
      const opened = await openSource(source)
      try {
        return await use(opened)
      } finally {
        await opened.close()
      }
    } catch (error) {
      if (!(error instanceof SourceBroken)) throw error
      return refuse('files', error.message)
    }
  }
  return {
    'source.preview': ({ source, limit }) => withSource(source, async (opened) => done(await preview(opened, limit))),
    'source.item': ({ source, index }) =>
      withSource(source, async (opened) => {
        const entry = await entryAt(opened, index)
        if (entry === null) return refuse('not_found', `The source has no item ${index + 1}.`)
        const read = await entry.load()
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

export async function entryAt(source: ItemSource, index: number): Promise<SourceEntry | null> {
  for await (const entries of source.entries(index)) if (entries[0] !== undefined) return entries[0]
  return null
}

async function preview(source: ItemSource, limit: number): Promise<SourcePreview> {
  const [total, items] = await Promise.all([source.count(new AbortController().signal), firstItems(source, limit)])
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

async function firstItems(source: ItemSource, limit: number): Promise<{ item: ItemPreview; value: Json | null }[]> {
  const found: { item: ItemPreview; value: Json | null }[] = []
  for await (const entries of source.entries(0)) {
    for (const entry of entries.slice(0, limit - found.length)) {
      const read = await entry.load()
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

/** What a person recognises an item by: the words of its text, else its first values. */
function previewText(value: Json): string {
  const text = isJsonObject(value) && typeof value.text === 'string' ? value.text : null
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
