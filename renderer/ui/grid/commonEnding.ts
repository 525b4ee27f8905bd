/** `.txt`, where all names end so: it tells nobody anything, and there is little room. */
export function commonEnding(names: readonly (string | null)[]): string {
  const known = names.filter((name) => name !== null)
  const ending = /\.[A-Za-z0-9]+$/.exec(known[0] ?? '')?.[0] ?? ''
  return known.length > 1 && known.every((name) => name.endsWith(ending) && name.length > ending.length) ? ending : ''
}
