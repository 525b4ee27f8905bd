import { SINKS, SOURCES } from './endEntries.ts'
import type { PaletteEntry, StageEntry } from './entry.ts'
import { STAGES } from './stageEntries.ts'
import { TEMPLATES } from './templateEntries.ts'

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
