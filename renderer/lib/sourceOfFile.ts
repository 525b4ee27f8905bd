import type { SingleSource } from '../../shared/source.ts'

const BY_ENDING: readonly (readonly [ending: string, source: (path: string) => SingleSource])[] = [
  ['.csv', (csv) => ({ csv })],
  ['.tsv', (tsv) => ({ tsv })],
  ['.xlsx', (xlsx) => ({ xlsx })],
  ['.jsonl', (jsonl) => ({ jsonl })],
  ['.ndjson', (jsonl) => ({ jsonl })],
  ['.json', (json) => ({ json })],
  ['.log', (lines) => ({ lines })],
  ['.txt', (lines) => ({ lines })],
]

/** Endings of the files that hold several items. */
export const ITEM_FILE_ENDINGS: readonly string[] = BY_ENDING.map(([ending]) => ending)

/** The source that a file of items stands for, by its ending; null: a file of another kind is an item of its folder. */
export function sourceOfFile(path: string): SingleSource | null {
  const lower = path.toLowerCase()
  return BY_ENDING.find(([ending]) => lower.endsWith(ending))?.[1](path) ?? null
}
