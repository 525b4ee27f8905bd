interface NamedItem {
  readonly key: string
  readonly lane: number
  readonly index: number
}

/** An item by its key; one that has no other name than its number says what it is. */
export function itemName({ key, lane, index }: NamedItem): string {
  return key === '' || key === String(index + 1) ? `${lane === 0 ? 'Item' : 'Group'} ${index + 1}` : key
}
