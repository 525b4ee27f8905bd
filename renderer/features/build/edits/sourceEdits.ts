import { assertNever } from '../../../../shared/assertNever.ts'
import type { SINK_KINDS, Sink } from '../../../../shared/sink.ts'
import type { SOURCE_KINDS, Source } from '../../../../shared/source.ts'
import type { ChainEdit } from '../../../../shared/chainEdit.ts'

export function setSourceEdits(source: Source | undefined): readonly ChainEdit[] {
  return [{ kind: 'set', path: ['source'], value: source }]
}

export function setSinkEdits(sink: Sink | undefined): readonly ChainEdit[] {
  return [{ kind: 'set', path: ['sink'], value: sink }]
}

/** A source of a kind at a path that is there or at least likely. `path`: that of the source before, or a dropped one. */
export function newSource(kind: (typeof SOURCE_KINDS)[number], path: string | null): Source {
  switch (kind) {
    case 'folder':
      return { folder: path ?? 'inputs' }
    case 'csv':
      return { csv: path ?? 'inputs/items.csv' }
    case 'jsonl':
      return { jsonl: path ?? 'inputs/items.jsonl' }
    case 'text':
      return { text: 'Write or paste the text of an item here.' }
    default:
      return assertNever(kind)
  }
}

export function newSink(kind: (typeof SINK_KINDS)[number], chainName: string): Sink {
  const base =
    chainName
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-|-$/g, '') || 'results'
  return kind === 'jsonl' ? { jsonl: `results/${base}.jsonl` } : { csv: `results/${base}.csv` }
}

/** The source that a dropped or chosen path stands for; null: a file of a kind that gives no items. */
export function sourceForPath(path: string, isFolder: boolean): Source | null {
  if (isFolder) return { folder: path }
  const extension = path.slice(path.lastIndexOf('.') + 1).toLowerCase()
  if (extension === 'csv') return { csv: path }
  if (extension === 'jsonl' || extension === 'ndjson') return { jsonl: path }
  return null
}
