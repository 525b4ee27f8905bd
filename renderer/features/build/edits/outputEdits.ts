import type { Chain } from '../../../../shared/chain.ts'
import type { ChainEdit } from '../../../../shared/chainEdit.ts'
import { chainGraph } from '../../../../shared/graph.ts'
import { isJsonObject, type Json } from '../../../../shared/json.ts'
import { expressionReferences } from '../../../../shared/references.ts'
import { findStage } from '../../../../shared/stageTree.ts'
import { parseTemplate, visitStrings } from '../../../../shared/template.ts'
import { freeName } from '../../../lib/freeName.ts'

interface OutputReference {
  /** Whose `output`: a map's; null: the chain's. */
  readonly map: string | null
  readonly from: string
  readonly field: string | null
}

/** Adds a reference to an `output`; what went out implicitly until now is written out beside it. */
export function connectOutputEdit(chain: Chain, { map, from, field }: OutputReference): ChainEdit {
  const reference = `{{ ${field === null ? from : `${from}.${field}`} }}`
  const before = namedOutput(chain, map)
  const name = freeName(field ?? from, Object.keys(before))
  return { kind: 'set', path: outputPath(chain, map), value: { ...before, [name]: reference } }
}

/** Takes every part of an `output` that names `from` out of it. */
export function disconnectOutputEdit(chain: Chain, map: string | null, from: string): ChainEdit {
  const output = outputOf(chain, map)
  const rest = output === undefined ? undefined : without(output, from)
  const isEmpty = rest === undefined || (isJsonObject(rest) && Object.keys(rest).length === 0)
  return { kind: 'set', path: outputPath(chain, map), value: isEmpty ? undefined : rest }
}

/** What goes out where nothing is written: every last stage by its name. */
export function impliedOutput(chain: Chain, map: string | null): Readonly<Record<string, string>> {
  const graph = chainGraph(chain)
  const last = map === null ? graph.last : (graph.inside.get(map)?.last ?? [])
  return Object.fromEntries(last.map((id) => [id, `{{ ${id} }}`]))
}

function outputPath(chain: Chain, map: string | null): readonly (string | number)[] {
  const path = map === null ? [] : (findStage(chain, map)?.path ?? [])
  return [...path, 'output']
}

function outputOf(chain: Chain, map: string | null): Json | undefined {
  if (map === null) return chain.output
  const stage = findStage(chain, map)?.stage
  return stage?.kind === 'map' ? stage.output : undefined
}

function namedOutput(chain: Chain, map: string | null): Readonly<Record<string, unknown>> {
  const output = outputOf(chain, map)
  if (output === undefined) return impliedOutput(chain, map)
  return isJsonObject(output) ? output : { result: output }
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
