import { describe, expect, it } from 'vitest'
import type { Chain } from '../../shared/chain.ts'
import { paramOf } from '../../shared/param.ts'
import { paramOverrides, paramValue, stageOverrides, tierOverrides } from './overrides.ts'

const chain: Chain = {
  jacquard: 1,
  params: { language: 'English', count: 3, tags: ['a'] },
  stages: {
    draft: { kind: 'model', prompt: 'x' },
    tidy: { kind: 'transform', value: 1 },
    each: { kind: 'map', over: '{{ item.rows }}', as: 'row', stages: { label: { kind: 'model', prompt: 'x' } } },
  },
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
    expect(paramValue(text, paramOf(ofChain))).toEqual(expected)
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

describe('a key of a stage given on the command line', () => {
  it('is changed for this launch, inside maps too', () => {
    const given = new Map([
      ['draft.temperature', '0'],
      ['draft.model', 'other'],
      ['label.maxTokens', '50'],
      ['label.top_p', '0.5'],
      ['label.stop', 'END'],
    ])
    expect(stageOverrides(chain, given)).toEqual({
      draft: { temperature: 0, model: 'other' },
      label: { maxTokens: 50, parameters: { top_p: 0.5, stop: 'END' } },
    })
  })

  it('may be any that changes how a stage deals with trouble', () => {
    const given = new Map([
      ['draft.timeout', '1.5'],
      ['draft.repair', '0'],
      ['draft.tooLong', 'split'],
      ['draft.escalate', 'frontier'],
      ['draft.tier', 'local'],
    ])
    const changed = { timeout: 1.5, repair: 0, tooLong: 'split', escalate: 'frontier', tier: 'local' }
    expect(stageOverrides(chain, given)).toEqual({ draft: changed })
  })

  it('is refused where the stage or the value does not fit', () => {
    expect(() => stageOverrides(chain, new Map([['draft', '1']]))).toThrow('STAGE.KEY=VALUE')
    expect(() => stageOverrides(chain, new Map([['labl.model', 'x']]))).toThrow('did you mean `label`?')
    expect(() => stageOverrides(chain, new Map([['tidy.model', 'x']]))).toThrow('is a transform stage')
    expect(() => stageOverrides(chain, new Map([['draft.temperature', '3']]))).toThrow('from 0 to 2')
    expect(() => stageOverrides(chain, new Map([['draft.maxTokens', '1.5']]))).toThrow('whole number')
    expect(() => stageOverrides(chain, new Map([['draft.maxTokens', '']]))).toThrow('not nothing')
    expect(() => stageOverrides(chain, new Map([['draft.timeout', '0']]))).toThrow('timeout takes seconds, not 0.')
    expect(() => stageOverrides(chain, new Map([['draft.repair', '6']]))).toThrow('from 0 to 5')
    expect(() => stageOverrides(chain, new Map([['draft.tooLong', 'cut']]))).toThrow('fail, truncate or split')
    expect(() => stageOverrides(chain, new Map([['draft.escalate', '']]))).toThrow('the name of a tier')
  })
})
