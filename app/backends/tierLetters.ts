/** One or two letters for each tier's badge, all different: local → L, cheap → C, careful → CA. */
export function tierLetters(names: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set<string>()
  return new Map(
    names.map((name) => {
      const first = (name[0] ?? '?').toUpperCase()
      const pairs = [...name.slice(1), ...'23456789'].map((other) => first + other.toUpperCase())
      const letter = [first, ...pairs].find((candidate) => !taken.has(candidate)) ?? first
      taken.add(letter)
      return [name, letter]
    }),
  )
}
