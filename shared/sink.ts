import { z } from 'zod'
import { json } from './json.ts'

const path = z.string().min(1)
const folderSink = z.strictObject({
  folder: path.describe("A folder; from the workspace's root. Each item gets a file in it."),
  name: z
    .string()
    .optional()
    .describe("The file's path within the folder. Default the item's key with an ending that fits the body."),
  body: json.optional().describe('What the file holds: text as it is, anything else as JSON. Default the output.'),
})
const documentSink = z.strictObject({
  document: path.describe("One file for all items; from the workspace's root."),
  body: json.optional().describe("An item's part. Default its output."),
  separator: z.string().optional().describe('Between two parts. Default an empty line.'),
  header: z.string().optional().describe('Before all parts; sees `params` and `run`.'),
  footer: z.string().optional().describe('After all parts; sees `params` and `run`.'),
})

/** Where results go. Templates of `folder` and `document` see `item`, `key`, `index`, `output`, `params` and `run`. */
export const sink = z.union([z.strictObject({ jsonl: path }), z.strictObject({ csv: path }), folderSink, documentSink])
export type Sink = z.infer<typeof sink>
export type FolderSink = z.infer<typeof folderSink>
export type DocumentSink = z.infer<typeof documentSink>

export const SINK_KINDS = ['jsonl', 'csv', 'folder', 'document'] as const
export type SinkKind = (typeof SINK_KINDS)[number]

/** The one key of a sink that names its kind. */
export function sinkKind(sink: Sink): SinkKind {
  return SINK_KINDS.find((kind) => kind in sink) ?? 'jsonl'
}

/** The file or folder it writes, as it stands in the chain. */
export function sinkPath(sink: Sink): string {
  if ('jsonl' in sink) return sink.jsonl
  if ('csv' in sink) return sink.csv
  return 'folder' in sink ? sink.folder : sink.document
}
