import type { Json } from '../../shared/json.ts'
import { readYaml } from '../../shared/yamlProblems.ts'

export type ReadJson =
  /** undefined: nothing was written. */
  { readonly ok: true; readonly value: Json | undefined } | { readonly ok: false; readonly message: string }

/** What a person typed as JSON. YAML, of which JSON is a part, is taken as well. */
export function readJson(text: string): ReadJson {
  if (text.trim() === '') return { ok: true, value: undefined }
  const { value, problems } = readYaml(text)
  const [problem] = problems
  if (problem === undefined) return { ok: true, value: value as Json }
  return { ok: false, message: `This cannot be read yet (line ${problem.line ?? 1}).` }
}
