import { describe, expect, it } from 'vitest'
import type { Chain } from '../../shared/chain.ts'
import { paramOverrides, paramValue, tierOverrides } from './overrides.ts'

const chain: Chain = {
  jacquard: 1,
  params: { language: 'English', count: 3, tags: ['a'] },
  stages: { draft: { kind: 'model', prompt: 'x' }, tidy: { kind: 'transform', value: 1 } },
}

describe('a param given on the command line', () => {
  it.each([
    ['7', 3, 7],
    ['7', 'text', '7'],
    ['"7"', 'text', '7'],
    ['["x"]', ['a'], ['x']],
    ['{"x":1}', ['a'], '{"x":1}'],
    ['true', false, true],
    ['seven', 3, 'seven'],
    ['', 'text', ''],
    ['{"x":1}', null, { x: 1 }],
  ])('%j with the default %j is %j', (text, ofChain, expected) => {
    expect(paramValue(text, ofChain)).toEqual(expected)
  })

  it('must be one that the chain has', () => {
    expect(() => paramOverrides(chain, new Map([['langauge', 'German']]))).toThrow('did you mean `language`?')
    expect(() => paramOverrides({ ...chain, params: {} }, new Map([['x', '1']]))).toThrow('The chain has no params.')
  })
})

describe('a tier given on the command line', () => {
  it('is for a model stage of the chain', () => {
    expect(tierOverrides(chain, new Map([['draft', 'local']]))).toEqual({ draft: 'local' })
    expect(() => tierOverrides(chain, new Map([['drat', 'local']]))).toThrow('did you mean `draft`?')
    expect(() => tierOverrides(chain, new Map([['tidy', 'local']]))).toThrow('has no tier')
  })
})
