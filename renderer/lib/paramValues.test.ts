import { describe, expect, it } from 'vitest'
import type { Chain } from '../../shared/chain.ts'
import { knownParams, openParams } from './paramValues.ts'

const chain: Chain = {
  jacquard: 1,
  params: { tone: { type: 'string', enum: ['short', 'long'] }, count: 3, day: { type: 'string' } },
  stages: {},
}

describe('values for the params of a chain', () => {
  it('are asked for where the chain has none, and where the given one does not fit', () => {
    expect(openParams(chain, {})).toEqual(['tone', 'day'])
    expect(openParams(chain, { tone: 'short', day: 'Monday' })).toEqual([])
    expect(openParams(chain, { tone: 'loud', day: 'Monday' })).toEqual(['tone'])
  })

  it('are forgotten with their params', () => {
    expect(knownParams(chain, { tone: 'long', old: 1 })).toEqual({ tone: 'long' })
    expect(knownParams({ jacquard: 1, stages: {} }, { tone: 'long' })).toEqual({})
  })
})
