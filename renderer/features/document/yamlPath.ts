/** Where the cursor stands in a YAML text, read by indentation alone: the text is mostly broken while one types. */
export interface YamlPlace {
  /** Keys from the root to the map that the cursor's line belongs to. */
  readonly path: readonly string[]
  /** The key of the line, where the cursor stands behind its colon; null: the cursor is at a key. */
  readonly key: string | null
  /** What is written of the key or the value up to the cursor. */
  readonly typed: string
  /** Keys that this map has on other lines. */
  readonly siblings: readonly string[]
  /** Sibling keys' values on their own lines, such as `kind` → `model`. */
  readonly values: ReadonlyMap<string, string>
}

const ENTRY = /^(\s*)(?:- )?([A-Za-z_][\w-]*)\s*:(?:\s+(.*))?$/

/** `line`: 0-based. `column`: 0-based, within the line. */
export function yamlPlace(lines: readonly string[], line: number, column: number): YamlPlace {
  const before = (lines[line] ?? '').slice(0, column)
  const value = /^(\s*)([A-Za-z_][\w-]*)\s*:\s+(.*)$/.exec(before)
  const indent = /^\s*/.exec(before)?.[0].length ?? 0
  const { siblings, values } = readSiblings(lines, line, indent)
  return {
    path: readParents(lines, line, indent),
    key: value?.[2] ?? null,
    typed: value?.[3] ?? before.trimStart(),
    siblings,
    values,
  }
}

function readParents(lines: readonly string[], line: number, indent: number): readonly string[] {
  const path: string[] = []
  let below = indent
  for (let at = line - 1; at >= 0 && below > 0; at--) {
    const entry = ENTRY.exec(lines[at] ?? '')
    const depth = entry?.[1]?.length ?? Number.POSITIVE_INFINITY
    if (depth >= below || entry?.[2] === undefined) continue
    path.unshift(entry[2])
    below = depth
  }
  return path
}

function readSiblings(lines: readonly string[], line: number, indent: number) {
  const values = new Map<string, string>()
  for (const step of [-1, 1])
    for (let at = line + step; at >= 0 && at < lines.length; at += step) {
      const text = lines[at] ?? ''
      if (text.trim() === '' || text.trimStart().startsWith('#')) continue
      const depth = text.length - text.trimStart().length
      if (depth < indent) break
      const entry = depth === indent ? ENTRY.exec(text) : null
      if (entry?.[2] !== undefined) values.set(entry[2], entry[3] ?? '')
    }
  return { siblings: [...values.keys()], values }
}
