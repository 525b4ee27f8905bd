import type { Chain } from '../../shared/chain.ts'
import { closest } from '../../shared/closest.ts'
import type { Json } from '../../shared/json.ts'
import { Refusal } from './refusal.ts'

/** Values of `--param K=V` for a chain. The chain's default says which type a value is read as. */
export function paramOverrides(chain: Chain, given: ReadonlyMap<string, string>): Record<string, Json> {
  const defaults = chain.params ?? {}
  const known = Object.keys(defaults)
  return Object.fromEntries(
    [...given].map(([name, text]) => {
      const ofChain = defaults[name]
      if (ofChain === undefined)
        throw new Refusal(unknown({ what: 'param', name, known, none: 'The chain has no params.' }))
      return [name, paramValue(text, ofChain)]
    }),
  )
}

/** JSON where it is JSON of the default's type, else the text as it stands. A null default takes any JSON. */
export function paramValue(text: string, ofChain: Json): Json {
  const value = readJson(text)
  if (value === undefined) return text
  return ofChain === null || jsonType(value) === jsonType(ofChain) ? value : text
}

/** Tiers of `--tier STAGE=TIER`. Whether the tier exists is the workspace's matter, and is checked at the launch. */
export function tierOverrides(chain: Chain, given: ReadonlyMap<string, string>): Record<string, string> {
  const known = Object.keys(chain.stages).filter((id) => chain.stages[id]?.kind === 'model')
  for (const name of given.keys()) {
    const stage = chain.stages[name]
    if (stage === undefined)
      throw new Refusal(unknown({ what: 'model stage', name, known, none: 'The chain has no model stage.' }))
    if (stage.kind !== 'model') throw new Refusal(`Stage \`${name}\` is a ${stage.kind} stage: it has no tier.`)
  }
  return Object.fromEntries(given)
}

function unknown(asked: { what: string; name: string; known: readonly string[]; none: string }): string {
  const start = `The chain has no ${asked.what} \`${asked.name}\``
  if (asked.known.length === 0) return asked.none
  const close = closest(asked.name, asked.known)
  return close === null ? `${start}. It has: ${asked.known.join(', ')}.` : `${start}: did you mean \`${close}\`?`
}

function readJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}

function jsonType(value: Json): string {
  if (value === null) return 'null'
  return Array.isArray(value) ? 'array' : typeof value
}
