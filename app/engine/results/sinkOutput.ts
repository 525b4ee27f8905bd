import { parseChain } from '../../../shared/chainDocument.ts'
import type { Json } from '../../../shared/json.ts'
import type { DocumentSink, FolderSink, Sink } from '../../../shared/sink.ts'
import type { Source } from '../../../shared/source.ts'
import { compileSink } from '../../core/compileSink.ts'
import { defaultParams } from '../../core/planStages.ts'
import type { RunStore, StoredRun } from '../../ports/runStore.ts'
import type { ItemSource } from '../../ports/source.ts'
import { launchSource } from '../run/prepareRun.ts'
import { frameScope, type SinkPart, sinkFrame, sinkParts } from './sinkParts.ts'

interface Writers {
  readonly store: RunStore
  openSource(source: Source, keys: readonly string[] | null): Promise<ItemSource>
  /** Each whole or not at all; gives why one could not be written, or null. */
  writeFiles(files: AsyncIterable<SinkPart>): Promise<string | null>
  /** Whole or not at all; gives why not, or null. */
  writeDocument(parts: AsyncIterable<string>): Promise<string | null>
}

/** Whether a sink writes documents by templates; others write lines of results. */
export function writesDocuments(sink: Sink): sink is FolderSink | DocumentSink {
  return 'folder' in sink || 'document' in sink
}

/** Writes what the run's sink asks for. Gives what could not be written and why, or null. */
export async function writeDocuments(
  run: StoredRun,
  sink: FolderSink | DocumentSink,
  writers: Writers,
): Promise<string | null> {
  const { store, openSource, writeFiles, writeDocument } = writers
  const { chain } = parseChain(run.chainText)
  const source = chain === null ? null : launchSource(chain, run.options)
  if (chain === null || source === null) return 'Its chain or its source cannot be read any more.'
  const params = { ...defaultParams(chain.params ?? {}), ...run.options.params }
  const compiled = compileSink(sink)
  const failed: string[] = []
  const openItems = () => openSource(source, store.allKeys(run.run))
  const parts = sinkParts({ store, run, sink: compiled, params, openItems }, (key, message) =>
    failed.push(`${key}: ${message}`),
  )
  const problem =
    'folder' in sink
      ? await writeFiles(parts)
      : await writeDocument(documentText({ run, sink, compiled, params }, parts))
  if (problem !== null) return problem
  const [first] = failed
  if (first === undefined) return null
  return failed.length === 1 ? first : `${failed.length} items could not be written, such as ${first}`
}

interface Framed {
  readonly run: StoredRun
  readonly sink: DocumentSink
  readonly compiled: ReturnType<typeof compileSink>
  readonly params: { readonly [name: string]: Json }
}

/** Header, parts and footer, each apart from the next. */
async function* documentText(
  { run, sink, compiled, params }: Framed,
  parts: AsyncIterable<SinkPart>,
): AsyncGenerator<string> {
  const scope = frameScope(run, params)
  const separator = sink.separator ?? '\n'
  let isFirst = true
  const place = (text: string) => {
    const start = isFirst ? '' : separator
    isFirst = false
    return `${start}${text.endsWith('\n') ? text : `${text}\n`}`
  }
  if (compiled.header !== null) yield place(await sinkFrame(compiled.header, scope))
  for await (const { text } of parts) yield place(text)
  if (compiled.footer !== null) yield place(await sinkFrame(compiled.footer, scope))
}
