import type { Source } from '../../../shared/source.ts'

/** Endings of files that hold items in rows or lines. */
export const TABLE_ENDINGS = ['.csv', '.jsonl', '.ndjson'] as const

/** What a chosen path is as a source: a file of rows by its ending, anything else a folder. */
export function sourceOfPath(path: string): Source {
  const lower = path.toLowerCase()
  if (lower.endsWith('.csv')) return { csv: path }
  if (lower.endsWith('.jsonl') || lower.endsWith('.ndjson')) return { jsonl: path }
  return { folder: path }
}

export function isTableFile(name: string): boolean {
  return TABLE_ENDINGS.some((ending) => name.toLowerCase().endsWith(ending))
}

/** `inputs/tickets`, `companies.csv`, `3 texts` */
export function sourceText(source: Source): string {
  if ('folder' in source) return source.folder
  if ('csv' in source) return source.csv
  if ('jsonl' in source) return source.jsonl
  return typeof source.text === 'string' ? '1 text' : `${source.text.length} texts`
}
