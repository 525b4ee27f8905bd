import type { SINK_KINDS } from '../../../../shared/sink.ts'
import type { SOURCE_KINDS } from '../../../../shared/source.ts'
import type { Stage } from '../../../../shared/stages.ts'

interface EntryBase {
  /** Unique in the palette; the id that a new stage gets, if it is free. */
  readonly id: string
  readonly title: string
  /** One line: what it is good for. */
  readonly hint: string
  /** Further words under which a person may look for it. */
  readonly words: string
}

export interface StageEntry extends EntryBase {
  readonly group: 'Stages' | 'Templates'
  readonly isTemplate: boolean
  /** `reference`: `{{ item.text }}`, or empty where the stage is not wired yet. */
  build(reference: string): Stage
}
export interface SourceEntry extends EntryBase {
  readonly group: 'Sources'
  readonly source: (typeof SOURCE_KINDS)[number]
}
export interface SinkEntry extends EntryBase {
  readonly group: 'Results'
  readonly sink: (typeof SINK_KINDS)[number]
}
export type PaletteEntry = StageEntry | SourceEntry | SinkEntry

const STAGES: readonly StageEntry[] = [
  {
    id: 'model',
    group: 'Stages',
    title: 'Model',
    hint: 'Asks a language model',
    words: 'llm prompt ask generate chat tier call',
    isTemplate: false,
    build: (reference) => ({ kind: 'model', tier: 'standard', prompt: reference }),
  },
  {
    id: 'transform',
    group: 'Stages',
    title: 'Transform',
    hint: 'Computes a value, no model',
    words: 'expression jsonata map shape join compute code',
    isTemplate: false,
    build: (reference) => ({ kind: 'transform', value: { value: reference } }),
  },
]

const TEMPLATES: readonly StageEntry[] = [
  {
    id: 'extract',
    group: 'Templates',
    title: 'Extract fields',
    hint: 'Facts out of a text, as named fields',
    words: 'structured json schema facts information entities',
    isTemplate: true,
    build: (reference) => ({
      kind: 'model',
      tier: 'local',
      instructions:
        'You extract facts from a text. Take them from the text only, word for word where you can.\nLeave a field empty where the text does not say it; never guess.\n',
      prompt: `${reference}\n`,
      output: {
        type: 'object',
        required: ['title', 'people', 'date'],
        properties: {
          title: { type: 'string', description: 'What the text is about, in at most ten words.' },
          people: { type: 'array', items: { type: 'string' }, description: 'Names of the persons mentioned.' },
          date: {
            type: 'string',
            description: 'The date the text is about, as it is written; empty if there is none.',
          },
        },
      },
    }),
  },
  {
    id: 'classify',
    group: 'Templates',
    title: 'Classify',
    hint: 'One of your categories, with a reason',
    words: 'label category sort route triage tag sentiment',
    isTemplate: true,
    build: (reference) => ({
      kind: 'model',
      tier: 'local',
      instructions:
        'You sort a text into exactly one category.\nJudge by what its writer needs, not by single words. Take `other` only where nothing else fits.\n',
      prompt: `${reference}\n`,
      output: {
        type: 'object',
        required: ['category', 'reason'],
        properties: {
          category: { type: 'string', enum: ['question', 'complaint', 'praise', 'other'] },
          reason: { type: 'string', description: 'One sentence: what in the text decided it.' },
        },
      },
    }),
  },
  {
    id: 'summarise',
    group: 'Templates',
    title: 'Summarise',
    hint: 'The gist and its key points',
    words: 'summary summarize shorten abstract digest',
    isTemplate: true,
    build: (reference) => ({
      kind: 'model',
      tier: 'standard',
      instructions:
        'You summarise a text for a reader who has one minute.\nKeep names, numbers and decisions; leave out courtesies and repetition. Add nothing of your own.\n',
      prompt: `Summarise this text:\n\n${reference}\n`,
      output: {
        type: 'object',
        required: ['summary', 'points'],
        properties: {
          summary: { type: 'string', description: 'Two or three sentences.' },
          points: {
            type: 'array',
            items: { type: 'string' },
            description: 'Three to five key points, most important first.',
          },
        },
      },
    }),
  },
  {
    id: 'reply',
    group: 'Templates',
    title: 'Draft a reply',
    hint: 'An answer ready to be checked and sent',
    words: 'answer email respond write support letter',
    isTemplate: true,
    build: (reference) => ({
      kind: 'model',
      tier: 'standard',
      instructions:
        'You draft replies that a person will check before they are sent.\nAnswer what was asked in the language of the message, politely and briefly. Promise nothing that the message does not support;\nwhere a fact is missing, write [to be filled in].\n',
      prompt: `Write a reply to this message:\n\n${reference}\n`,
      maxTokens: 800,
    }),
  },
]

const SOURCES: readonly SourceEntry[] = [
  {
    id: 'source-folder',
    group: 'Sources',
    source: 'folder',
    title: 'Folder',
    hint: 'A file an item',
    words: 'directory files documents txt md html json input',
  },
  {
    id: 'source-csv',
    group: 'Sources',
    source: 'csv',
    title: 'CSV table',
    hint: 'A row an item',
    words: 'spreadsheet rows columns excel input',
  },
  {
    id: 'source-jsonl',
    group: 'Sources',
    source: 'jsonl',
    title: 'JSON lines',
    hint: 'A line an item',
    words: 'jsonl ndjson objects input',
  },
  {
    id: 'source-text',
    group: 'Sources',
    source: 'text',
    title: 'Text',
    hint: 'Typed or pasted here',
    words: 'paste string list input',
  },
]

const SINKS: readonly SinkEntry[] = [
  {
    id: 'sink-jsonl',
    group: 'Results',
    sink: 'jsonl',
    title: 'JSON lines file',
    hint: 'Everything, a line an item',
    words: 'jsonl output sink save export',
  },
  {
    id: 'sink-csv',
    group: 'Results',
    sink: 'csv',
    title: 'CSV file',
    hint: 'A table for a spreadsheet',
    words: 'table excel output sink save export',
  },
]

export const PALETTE: readonly PaletteEntry[] = [...STAGES, ...TEMPLATES, ...SOURCES, ...SINKS]
export const PALETTE_GROUPS = [
  'Stages',
  'Templates',
  'Sources',
  'Results',
] as const satisfies readonly PaletteEntry['group'][]

/** The entries that hold every word of a search, in title, hint or further words; best first: those whose title begins with it. */
export function searchPalette(entries: readonly PaletteEntry[], search: string): readonly PaletteEntry[] {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  const first = words[0]
  if (first === undefined) return entries
  const found = entries.filter((entry) => {
    const text = `${entry.title} ${entry.hint} ${entry.words} ${entry.group}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
  const begins = (entry: PaletteEntry) => entry.title.toLowerCase().startsWith(first)
  return [...found.filter(begins), ...found.filter((entry) => !begins(entry))]
}
