import type { Chain } from '../../../../shared/chain.ts'
import type { ChainEdit } from '../../../../shared/chainEdit.ts'
import { isJsonObject, type Json } from '../../../../shared/json.ts'
import { expressionReferences } from '../../../../shared/references.ts'
import { stageExpressions } from '../../../../shared/stageExpressions.ts'
import { allStages } from '../../../../shared/stageTree.ts'
import { parseTemplate } from '../../../../shared/template.ts'

/**
 * Takes stages out (with a map those inside it), and with them every entry of a map of values, such as an `input`, a
 * transform's value or an `output`, that is nothing but a reference to one of them. A reference inside a written text
 * stays and shows as a problem: a prompt is never shortened behind a person's back.
 */
export function removeStagesEdits(chain: Chain, ids: readonly string[]): readonly ChainEdit[] {
  const placed = allStages(chain)
  const gone = placed.filter(({ path }) => ids.some((id) => path.includes(id))).map(({ id }) => id)
  const edits = placed
    .filter(({ id }) => !gone.includes(id))
    .flatMap(({ stage, path }) =>
      stageExpressions(stage).flatMap(({ path: inner, value }) => entryEdits([...path, ...inner], value, gone)),
    )
  const fromOutput = entryEdits(['output'], chain.output, gone)
  const isOutputEmpty =
    isJsonObject(chain.output) && fromOutput.length === Object.keys(chain.output).length && fromOutput.length > 0
  const output = isOutputEmpty ? [{ kind: 'set', path: ['output'], value: undefined } as const] : fromOutput
  return [...edits, ...output, { kind: 'removeStages', ids }]
}

function entryEdits(path: readonly (string | number)[], value: unknown, ids: readonly string[]): readonly ChainEdit[] {
  if (!isJsonObject(value as Json)) return []
  return Object.entries(value as Readonly<Record<string, Json>>)
    .filter(([, entry]) => isReferenceTo(entry, ids))
    .map(([key]) => ({ kind: 'set', path: [...path, key], value: undefined }))
}

function isReferenceTo(entry: Json, ids: readonly string[]): boolean {
  if (typeof entry !== 'string') return false
  const { template } = parseTemplate(entry)
  const [part] = template.parts.filter((each) => each.kind === 'expression')
  if (!template.exact || part === undefined) return false
  const names = expressionReferences(part.source).map((reference) => reference.name)
  return names.length > 0 && names.every((name) => ids.includes(name))
}
