import type { Json } from '../../../shared/json.ts'
import type { CompiledSink } from '../../core/compileSink.ts'
import { type Scope, valueAsText } from '../../core/expression.ts'
import { fileNameFor } from '../../core/fileName.ts'
import type { ItemRecord, RunStore, StoredRun } from '../../ports/runStore.ts'
import type { ItemSource } from '../../ports/source.ts'
import { nextTurn } from '../run/nextTurn.ts'
import { lastLane } from './results.ts'
import { readStored } from './storedJson.ts'

/** One item as a sink writes it. */
export interface SinkPart {
  readonly index: number
  /** With `/`, within the folder; never leads out of it, and no two are equal. Empty where all go into one document. */
  readonly name: string
  readonly text: string
}

interface Parts {
  readonly store: RunStore
  readonly run: StoredRun
  readonly sink: CompiledSink
  readonly params: { readonly [name: string]: Json }
  /** Opens the run's source once more, where templates ask for the item. */
  openItems(): Promise<ItemSource>
}

/** Items read from the database at once. */
const PAGE = 200

/**
 * What a run's sink writes: every line that succeeded, in input order. What a template fails for is told to `onProblem`,
 * and the rest goes on.
 */
export async function* sinkParts(
  parts: Parts,
  onProblem: (key: string, message: string) => void,
): AsyncGenerator<SinkPart> {
  const { store, run, sink } = parts
  const lane = lastLane(run)
  const reached = store.reached(run.run, lane)
  const items = sink.needsItem && lane === 0 ? itemReader(await parts.openItems()) : null
  const taken = new Set<string>()
  try {
    for (let from = 0; from < reached; from += PAGE) {
      for (const record of store.items(run.run, lane, { from, to: from + PAGE })) {
        if (record.status !== 'succeeded') continue
        const item = items === null ? null : await items.at(record.index)
        const part = await render(record, { ...parts, item })
        if (part.ok) yield { index: record.index, name: freeName(part.name, record.index, taken), text: part.text }
        else onProblem(record.key, part.message)
      }
      await nextTurn()
    }
  } finally {
    await items?.close()
  }
}

/** What stands before or after all parts of one document. */
export async function sinkFrame(template: CompiledSink['header'], scope: Scope): Promise<string> {
  const rendered = await template?.evaluate(scope)
  return rendered?.ok === true ? valueAsText(rendered.value) : ''
}

/** The names that header and footer may use. */
export function frameScope({ run, startedAt, items }: StoredRun, params: Scope[string]): Scope {
  return { params, run: { id: run, total: items, startedAt } }
}

async function render(
  record: ItemRecord,
  { run, sink, params, item }: Parts & { item: Json },
): Promise<{ ok: true; name: string; text: string } | { ok: false; message: string }> {
  const output = readStored(record.outputJson)
  const scope: Scope = {
    ...frameScope(run, params),
    item,
    key: record.key,
    index: record.index,
    output,
  }
  const body = await sink.body.evaluate(scope)
  if (!body.ok) return { ok: false, message: body.failure.message }
  const name = sink.name === null ? null : await sink.name.evaluate(scope)
  if (name?.ok === false) return { ok: false, message: name.failure.message }
  const isText = typeof body.value === 'string'
  const text = isText ? String(body.value) : `${JSON.stringify(body.value, null, 2)}\n`
  const asked = name === null ? null : valueAsText(name.value)
  return { ok: true, name: fileNameFor(asked, { key: record.key, ending: isText ? '.txt' : '.json' }), text }
}

/** A name that an earlier item has taken gets the item's number. */
function freeName(name: string, index: number, taken: Set<string>): string {
  const dot = name.lastIndexOf('.')
  const cut = dot > name.lastIndexOf('/') + 1 ? dot : name.length
  const free = taken.has(name.toLowerCase()) ? `${name.slice(0, cut)}-${index + 1}${name.slice(cut)}` : name
  taken.add(free.toLowerCase())
  return free
}

/** Items of a source, asked for by ascending index, read in one pass. */
function itemReader(source: ItemSource) {
  const pass = source.entries(0, new AbortController().signal)[Symbol.asyncIterator]()
  let page: Awaited<ReturnType<typeof pass.next>> | null = null
  return {
    async at(index: number): Promise<Json> {
      for (;;) {
        const entry = page?.done === true ? undefined : page?.value.find((found) => found.index === index)
        if (entry !== undefined) {
          const read = await entry.load()
          return read.ok ? read.value : null
        }
        if (page?.done === true) return null
        page = await pass.next()
      }
    },
    async close() {
      await pass.return?.()
      await source.close()
    },
  }
}
