/** Rows chosen for doing something with all of them at once, by item index. */
export interface Selection {
  readonly items: ReadonlySet<number>
  /** Where the last one was chosen, 0-based in the table: a range begins there. */
  readonly anchor: number | null
}

export const NONE_SELECTED: Selection = { items: new Set(), anchor: null }

/** Chooses a row, or takes it out. */
export function toggled({ items }: Selection, at: { readonly position: number; readonly item: number }): Selection {
  const next = new Set(items)
  if (!next.delete(at.item)) next.add(at.item)
  return { items: next, anchor: at.position }
}

/** Chooses besides all rows from the last one chosen to this. */
export function extended({ items, anchor }: Selection, position: number, indexes: Uint32Array): Selection {
  const from = anchor ?? position
  const range = indexes.subarray(Math.min(from, position), Math.max(from, position) + 1)
  return { items: new Set([...items, ...range]), anchor: from }
}
