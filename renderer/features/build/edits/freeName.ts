/** `base`, or `base2`, `base3` … where it is taken. */
export function freeName(base: string, taken: Iterable<string>): string {
  const names = new Set(taken)
  let name = base
  for (let number = 2; names.has(name); number++) name = `${base}${number}`
  return name
}
