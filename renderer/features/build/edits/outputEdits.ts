import type { Chain } from '../../../../shared/chain.ts'
import type { ChainEdit } from '../../../../shared/chainEdit.ts'
import { chainGraph } from '../../../../shared/graph.ts'
import { isJsonObject, type Json } from '../../../../shared/json.ts'
import { expressionReferences } from '../../../../shared/references.ts'
import { parseTemplate, visitStrings } from '../../../../shared/template.ts'
import { freeName } from '../../../lib/freeName.ts'

/** Adds a reference to the chain's `output`; what went out implicitly until now is written out beside it. */
export function connectOutputEdit(chain: Chain, from: string, field: string | null): ChainEdit {
  const reference = `{{ ${field === null ? from : `${from}.${field}`} }}`
  const before = namedOutput(chain)
  const name = freeName(field ?? from, Object.keys(before))
  return { kind: 'set', path: ['output'], value: { ...before, [name]: reference } }
}

/** Takes every part of the chain's `output` that names `from` out of it. */
export function disconnectOutputEdit(chain: Chain, from: string): ChainEdit {
  const rest = chain.output === undefined ? undefined : without(chain.output, from)
  const isEmpty = rest === undefined || (isJsonObject(rest) && Object.keys(rest).length === 0)
  return { kind: 'set', path: ['output'], value: isEmpty ? undefined : rest }
}

function namedOutput(chain: Chain): Readonly<Record<string, unknown>> {
  if (chain.output === undefined) return Object.fromEntries(chainGraph(chain).last.map((id) => [id, `{{ ${id} }}`]))
  return isJsonObject(chain.output) ? chain.output : { result: chain.output }
}

function without(value: Json, name: string): Json | undefined {
  if (!isJsonObject(value)) return mentions(value, name) ? undefined : value
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, entry]): [string, Json][] => {
      const rest = without(entry, name)
      return rest === undefined ? [] : [[key, rest]]
    }),
  )
}

function mentions(value: Json, name: string): boolean {
  let isFound = false
  visitStrings(value, [], (text) => {
    for (const part of parseTemplate(text).template.parts)
      if (part.kind === 'expression' && expressionReferences(part.source).some((reference) => reference.name === name))
        isFound = true
  })
  return isFound
}
