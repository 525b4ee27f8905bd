import { assertNever } from '../../../../shared/assertNever.ts'
import type { ChainEdit } from '../../../../shared/chainEdit.ts'
import type { Sink, SinkKind } from '../../../../shared/sink.ts'
import type { SingleSource, Source, SourceKind } from '../../../../shared/source.ts'
import { sourceOfFile } from '../../../lib/sourceOfFile.ts'

export function setSourceEdits(source: Source | undefined): readonly ChainEdit[] {
  return [{ kind: 'set', path: ['source'], value: source }]
}

export function setSinkEdits(sink: Sink | undefined): readonly ChainEdit[] {
  return [{ kind: 'set', path: ['sink'], value: sink }]
}

/** A source of a kind, at a path that is at least likely. */
export function newSource(kind: SourceKind): SingleSource {
  switch (kind) {
    case 'folder':
      return { folder: 'inputs' }
    case 'watch':
      return { watch: 'inputs' }
    case 'csv':
      return { csv: 'inputs/items.csv' }
    case 'tsv':
      return { tsv: 'inputs/items.tsv' }
    case 'jsonl':
      return { jsonl: 'inputs/items.jsonl' }
    case 'json':
      return { json: 'inputs/items.json' }
    case 'xlsx':
      return { xlsx: 'inputs/items.xlsx' }
    case 'urls':
      return { urls: ['https://example.org/'] }
    case 'lines':
      return { lines: 'inputs/items.log' }
    case 'text':
      return { text: 'Write or paste the text of an item here.' }
    default:
      return assertNever(kind)
  }
}

/** What a chain has after it was asked for several sources: the one it had, under a name, and a second one. */
export function severalSources(before: SingleSource | null): Source {
  return { first: before ?? newSource('csv'), second: newSource('csv') }
}

export function newSink(kind: SinkKind, chainName: string): Sink {
  const base =
    chainName
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'results'
  switch (kind) {
    case 'jsonl':
      return { jsonl: `results/${base}.jsonl` }
    case 'csv':
      return { csv: `results/${base}.csv` }
    case 'folder':
      return { folder: `results/${base}` }
    case 'document':
      return { document: `results/${base}.md` }
    default:
      return assertNever(kind)
  }
}

/** The source that a dropped or chosen path stands for; null: a file of a kind that holds no items. */
export function sourceForPath(path: string, isFolder: boolean): Source | null {
  return isFolder ? { folder: path } : sourceOfFile(path)
}
