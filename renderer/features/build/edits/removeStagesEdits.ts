import type { Chain } from '../../../../shared/chain.ts'
import type { ChainEdit } from '../../../../shared/chainEdit.ts'
import { isJsonObject, type Json } from '../../../../shared/json.ts'
import { expressionReferences } from '../../../../shared/references.ts'
import { parseTemplate } from '../../../../shared/template.ts'

/**
 * Takes stages out, and with them every entry of an `input`, a transform's value or the chain's `output` that is nothing
 * but a reference to one of them. A reference inside a written text stays and shows as a problem: a prompt is never
 * shortened behind a person's back.
 */
export function removeStagesEdits(chain: Chain, ids: readonly string[]): readonly ChainEdit[] {
  const edits: ChainEdit[] = []
  for (const [id, stage] of Object.entries(chain.stages)) {
    if (ids.includes(id)) continue
    const key = stage.kind === 'model' ? 'input' : 'value'
    const value = stage.kind === 'model' ? stage.input : stage.value
    edits.push(...entryEdits(['stages', id, key], value, ids))
  }
  const fromOutput = entryEdits(['output'], chain.output, ids)
  const isOutputEmpty =
    isJsonObject(chain.output) && fromOutput.length === Object.keys(chain.output).length && fromOutput.length > 0
  edits.push(...(isOutputEmpty ? [{ kind: 'set', path: ['output'], value: undefined } as const] : fromOutput))
  return [...edits, { kind: 'removeStages', ids }]
}

function entryEdits(path: readonly string[], value: Json | undefined, ids: readonly string[]): readonly ChainEdit[] {
  if (!isJsonObject(value)) return []
  return Object.entries(value)
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
