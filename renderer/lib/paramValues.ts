import type { Chain } from '../../shared/chain.ts'
import type { Json } from '../../shared/json.ts'
import { paramOf, paramProblem } from '../../shared/param.ts'

/** By param; only what differs from the chain. */
export interface ParamValues {
  readonly [name: string]: Json
}

/** Params that must still be given a value, or a right one. */
export function openParams({ params = {} }: Chain, values: ParamValues): readonly string[] {
  return Object.entries(params).flatMap(([name, written]) => {
    const param = paramOf(written)
    const value = values[name] ?? param.default
    return value === undefined || paramProblem(param, value) !== null ? [name] : []
  })
}

/** Without those of params that the chain no longer has. */
export function knownParams({ params = {} }: Chain, values: ParamValues): ParamValues {
  return Object.fromEntries(Object.entries(values).filter(([name]) => name in params))
}
