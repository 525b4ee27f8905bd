import type { PaletteEntry } from './entry.ts'
import { PALETTE } from './paletteEntries.ts'

/** The kind of data that a drag from the palette carries. */
const ENTRY_TYPE = 'application/x-jacquard-entry'

export function startEntryDrag(data: DataTransfer, entry: PaletteEntry): void {
  data.setData(ENTRY_TYPE, entry.id)
  data.effectAllowed = 'copy'
}

export function isEntryDrag(data: DataTransfer): boolean {
  return data.types.includes(ENTRY_TYPE)
}

/** The dropped entry; null: something else was dropped. */
export function draggedEntry(data: DataTransfer): PaletteEntry | null {
  return PALETTE.find((entry) => entry.id === data.getData(ENTRY_TYPE)) ?? null
}
