import type { SinkKind } from '../../../../shared/sink.ts'
import type { SourceKind } from '../../../../shared/source.ts'
import type { Stage } from '../../../../shared/stages.ts'
import { SINKS, SOURCES } from './endEntries.ts'
import { STAGES } from './stageEntries.ts'
import { TEMPLATES } from './templateEntries.ts'

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
  /** Without a wire it is about the item. */
  readonly isTemplate: boolean
  /**
   * The stages it adds, by the ids they get if those are free: the first one takes the wire, the last one gives on.
   * `reference`: `{{ item.text }}`, or empty where the stage is not wired yet.
   */
  stages(reference: string): { readonly [id: string]: Stage }
}
export interface SourceEntry extends EntryBase {
  readonly group: 'Sources'
  /** `several`: sources with names. */
  readonly source: SourceKind | 'several'
}
export interface SinkEntry extends EntryBase {
  readonly group: 'Results'
  readonly sink: SinkKind
}
export type PaletteEntry = StageEntry | SourceEntry | SinkEntry

export const PALETTE: readonly PaletteEntry[] = [...STAGES, ...TEMPLATES, ...SOURCES, ...SINKS]
export const PALETTE_GROUPS = [
  'Stages',
  'Templates',
  'Sources',
  'Results',
] as const satisfies readonly PaletteEntry['group'][]

export function isStageEntry(entry: PaletteEntry): entry is StageEntry {
  return 'stages' in entry
}

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
