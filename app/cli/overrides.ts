import type { Chain } from '../../shared/chain.ts'
import { closest } from '../../shared/closest.ts'
import type { Json } from '../../shared/json.ts'
import { type Param, paramOf, paramProblem } from '../../shared/param.ts'
import { type StageOverride, stageOverride } from '../../shared/run.ts'
import { allStages } from '../../shared/stageTree.ts'
import { Refusal } from './refusal.ts'

/** Values of `--param K=V` for a chain, read as the type that the chain says. */
export function paramOverrides(chain: Chain, given: ReadonlyMap<string, string>): Record<string, Json> {
  const written = chain.params ?? {}
  const known = Object.keys(written)
  return Object.fromEntries(
    [...given].map(([name, text]) => {
      const ofChain = written[name]
      if (ofChain === undefined)
        throw new Refusal(unknown({ what: 'param', name, known, none: 'The chain has no params.' }))
      return [name, paramValue(text, paramOf(ofChain))]
    }),
  )
}

/** JSON where it is JSON of the param's type, else the text as it stands. A param of no type takes any JSON. */
export function paramValue(text: string, param: Param): Json {
  const value = readJson(text)
  if (value === undefined) return text
  return paramProblem({ ...param, choices: null }, value) === null ? value : text
}

/** Tiers of `--tier STAGE=TIER`. Whether the tier exists is the workspace's matter, and is checked at the launch. */
export function tierOverrides(chain: Chain, given: ReadonlyMap<string, string>): Record<string, string> {
  for (const id of given.keys()) modelStage(chain, id)
  return Object.fromEntries(given)
}

/** `--set STAGE.KEY=VALUE`: a key that a launch may change at a stage, or any other as one of the stage's `parameters`. */
export function stageOverrides(chain: Chain, given: ReadonlyMap<string, string>): Record<string, StageOverride> {
  const overrides: Record<string, StageOverride> = {}
  for (const [target, text] of given) {
    const [id = '', key = '', ...more] = target.split('.')
    if (key === '' || more.length > 0)
      throw new Refusal(`--set ${target}: it takes STAGE.KEY=VALUE, such as draft.temperature=0.`)
    modelStage(chain, id)
    const before = overrides[id] ?? {}
    overrides[id] = { ...before, ...overrideOf(key, text, before) }
  }
  return overrides
}

function overrideOf(key: string, text: string, before: StageOverride): StageOverride {
  if (!isOverrideKey(key)) return { parameters: { ...before.parameters, [key]: readJson(text) ?? text } }
  const { values, takes } = OVERRIDE_KEYS[key]
  const number = text.trim() === '' ? Number.NaN : Number(text)
  const read = stageOverride.safeParse({ [key]: values === 'text' ? text : number })
  if (read.success) return read.data
  throw new Refusal(`${key} takes ${takes}, not ${text === '' ? 'nothing' : text}.`)
}

/** What else `--set` names is one of the stage's `parameters`. */
const OVERRIDE_KEYS = {
  tier: { values: 'text', takes: 'the name of a tier' },
  model: { values: 'text', takes: 'the name of a model' },
  temperature: { values: 'number', takes: 'a number from 0 to 2' },
  maxTokens: { values: 'number', takes: 'a whole number from 1 on' },
  timeout: { values: 'number', takes: 'seconds' },
  repair: { values: 'number', takes: 'a whole number from 0 to 5' },
  tooLong: { values: 'text', takes: 'fail, truncate or split' },
  escalate: { values: 'text', takes: 'the name of a tier' },
} as const satisfies {
  readonly [key in Exclude<keyof StageOverride, 'parameters'>]: { values: 'text' | 'number'; takes: string }
}

function isOverrideKey(key: string): key is keyof typeof OVERRIDE_KEYS {
  return Object.hasOwn(OVERRIDE_KEYS, key)
}

/** Refuses a name that is no model stage, wherever in the chain it would stand. */
export function modelStage(chain: Chain, id: string): void {
  const stages = allStages(chain)
  const known = stages.filter(({ stage }) => stage.kind === 'model').map((placed) => placed.id)
  const found = stages.find((placed) => placed.id === id)
  if (found === undefined)
    throw new Refusal(unknown({ what: 'model stage', name: id, known, none: 'The chain has no model stage.' }))
  if (found.stage.kind !== 'model') throw new Refusal(`Stage \`${id}\` is a ${found.stage.kind} stage: it has no tier.`)
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
