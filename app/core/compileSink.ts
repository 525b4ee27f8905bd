import type { Json } from '../../shared/json.ts'
import type { DocumentSink, FolderSink } from '../../shared/sink.ts'
import { SINK_NAMES, sinkReferences } from '../../shared/sinkNames.ts'
import { type CompiledValue, compileValue } from './expression.ts'

/** The templates of a sink that writes documents, ready for many items. */
export interface CompiledSink {
  /** The file's path in the folder; null: it follows from the item's key. */
  readonly name: CompiledValue | null
  /** An item's file, or its part of the one document. */
  readonly body: CompiledValue
  readonly header: CompiledValue | null
  readonly footer: CompiledValue | null
  /** The templates ask for the item itself, which is then read from the source again. */
  readonly needsItem: boolean
}

export function compileSink(sink: FolderSink | DocumentSink): CompiledSink {
  const optional = (value: Json | undefined, key: string) =>
    value === undefined ? null : compileValue(value, `sink.${key}`)
  const name = 'folder' in sink ? sink.name : undefined
  const { header, footer } = 'document' in sink ? sink : {}
  return {
    name: optional(name, 'name'),
    body: compileValue(sink.body ?? '{{ output }}', 'sink.body'),
    header: optional(header, 'header'),
    footer: optional(footer, 'footer'),
    needsItem: sinkReferences(sink).some((reference) => reference.name === SINK_NAMES[0]),
  }
}
