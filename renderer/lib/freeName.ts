/** `base` where it is free, else the next one that is: `draft` → `draft2`, `draft2` → `draft3`. */
export function freeName(base: string, taken: Iterable<string>): string {
  const names = new Set(taken)
  if (!names.has(base)) return base
  const stem = base.replace(/\d+$/, '')
  let number = 2
  while (names.has(`${stem}${number}`)) number++
  return `${stem}${number}`
}
