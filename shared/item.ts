import type { JsonObject } from './json.ts'

/** An item in a list, before anything is run on it. */
export interface ItemPreview {
  /** 0-based, in the source's order. */
  readonly index: number
  /** The path within the folder, or the row number (1-based, as text). */
  readonly key: string
  /** What a person recognises it by: the first words, or the first columns. At most 200 characters. */
  readonly preview: string
  /** Size of the item's file or row; null where it is not known. */
  readonly bytes: number | null
  /** Why it cannot be read; null: it can. */
  readonly problem: string | null
}

export interface SourcePreview {
  /** `inputs/tickets`, `companies.csv`: for headings. */
  readonly label: string
  /** Items in the source; null: not counted. */
  readonly total: number | null
  readonly items: readonly ItemPreview[]
  /** Names under `item.` that the first items have, for completion; in the order they appear. */
  readonly fields: readonly string[]
  /** The first item in full, for completion with real values; null: none could be read. */
  readonly sample: JsonObject | null
}
