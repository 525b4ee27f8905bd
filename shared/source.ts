import { z } from 'zod'

const globs = z.array(z.string().min(1))
const path = z.string().min(1)
const columns = z.array(z.string()).optional().describe('The columns to take; the first line names them all.')

const folderSource = z.strictObject({
  folder: path.describe("A folder; from the workspace's root."),
  include: globs.optional().describe('Globs of the files to take. Default: every file that can be read.'),
  exclude: globs.optional(),
  recursive: z.boolean().optional().describe('Default true.'),
})
const csvSource = z.strictObject({ csv: path, columns })
const tsvSource = z.strictObject({ tsv: path, columns })
const jsonlSource = z.strictObject({ jsonl: path })
const jsonSource = z.strictObject({
  json: path,
  path: z.string().optional().describe('Names that lead to the list, joined by dots: `data.rows`. Default the whole.'),
})
const xlsxSource = z.strictObject({
  xlsx: path,
  sheet: z.string().optional().describe('Default the first sheet. Its first row names the columns.'),
})
const urlsSource = z.strictObject({
  urls: z.union([path, globs]).describe('A text file with one address a line, or the addresses themselves.'),
})
const linesSource = z.strictObject({
  lines: path,
  pattern: z.string().optional().describe('A regular expression that every first line of a record of several fits.'),
})
const textSource = z.strictObject({
  text: z.union([z.string(), z.array(z.string())]).describe('One item, or one for each string in a list.'),
})
const watchSource = z.strictObject({
  watch: path.describe('A folder that grows: each new file becomes an item, until the run is stopped.'),
  include: globs.optional(),
  exclude: globs.optional(),
  recursive: z.boolean().optional().describe('Default true.'),
})

/** Where items come from, when it is one place. */
export const singleSource = z.union([
  folderSource,
  csvSource,
  tsvSource,
  jsonlSource,
  jsonSource,
  xlsxSource,
  urlsSource,
  linesSource,
  textSource,
  watchSource,
])
export type SingleSource = z.infer<typeof singleSource>
export type FolderSource = z.infer<typeof folderSource>
export type CsvSource = z.infer<typeof csvSource>
export type TsvSource = z.infer<typeof tsvSource>
export type JsonlSource = z.infer<typeof jsonlSource>
export type JsonSource = z.infer<typeof jsonSource>
export type XlsxSource = z.infer<typeof xlsxSource>
export type UrlsSource = z.infer<typeof urlsSource>
export type LinesSource = z.infer<typeof linesSource>
export type WatchSource = z.infer<typeof watchSource>

export const SOURCE_KINDS = ['folder', 'csv', 'tsv', 'jsonl', 'json', 'xlsx', 'urls', 'lines', 'text', 'watch'] as const
export type SourceKind = (typeof SOURCE_KINDS)[number]

const sourceName = z
  .string()
  .regex(/^[A-Za-z_][A-Za-z0-9_]*$/, 'The name of a source starts with a letter and holds letters, digits and _ only.')
  .refine(
    (name) => !(SOURCE_KINDS as readonly string[]).includes(name),
    'This is a kind of source, not a name for one.',
  )

/** Several sources by name, for `gather` with `correlate`; an item's own one is `run.source`. */
const namedSources = z.record(sourceName, singleSource)
export type NamedSources = z.infer<typeof namedSources>

export const source = z.union([singleSource, namedSources])
export type Source = z.infer<typeof source>

/** The one key of a source that names its kind; `several`: named sources. */
export function sourceKind(source: Source): SourceKind | 'several' {
  return SOURCE_KINDS.find((kind) => kind in source) ?? 'several'
}

/** The sources by their names; null: it is a single one. */
export function namedSourcesOf(source: Source): NamedSources | null {
  return sourceKind(source) === 'several' ? (source as NamedSources) : null
}
