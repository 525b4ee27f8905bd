import { describe, expect, it } from 'vitest'
import type { Chain } from '../../../shared/chain.ts'
import {
  defaultOutput,
  FRESH_DRAFT,
  itemsToRun,
  optionsOf,
  outputProblem,
  previewedOptions,
  stageTiers,
  withTier,
  withTiers,
} from './launchDraft.ts'

const chain: Chain = {
  jacquard: 1,
  name: 'Triage tickets',
  params: { language: 'English' },
  stages: {
    extract: { kind: 'model', tier: 'local' },
    tidy: { kind: 'transform', value: '{{ extract }}' },
    draft: { kind: 'model' },
  },
}

describe('the draft of a launch', () => {
  it('asks for nothing that is as the chain has it, but always says where the results go', () => {
    expect(optionsOf(FRESH_DRAFT, chain, 'chains/triage.chain.yaml')).toEqual({ output: 'results/triage.jsonl' })
  })

  it("writes where the chain's sink says", () => {
    expect(defaultOutput({ ...chain, sink: { csv: 'results/x.csv' } }, 'chains/a.chain.yaml')).toBe('results/x.csv')
    expect(defaultOutput(chain, null)).toBe('results/triage-tickets.jsonl')
  })

  it('forgets tiers and params of things that the chain no longer has', () => {
    const draft = {
      ...FRESH_DRAFT,
      tiers: { extract: 'frontier', gone: 'local' },
      params: { language: 'German', old: 1 },
    }
    expect(optionsOf(draft, chain, null)).toMatchObject({
      tiers: { extract: 'frontier' },
      params: { language: 'German' },
    })
  })

  it('lists the tier of each model stage, the default where the stage names none', () => {
    const draft = withTier(FRESH_DRAFT, { stage: 'extract', tier: 'local', own: 'local' }, 'frontier')
    const [extract, ...others] = stageTiers(draft, chain, [])
    expect(extract).toEqual({ stage: 'extract', tier: 'frontier', own: 'local' })
    expect(others).toEqual([{ stage: 'draft', tier: 'standard', own: 'standard' }])
    expect(extract && withTier(draft, extract, 'local').tiers).toEqual({})
  })

  it('runs no more items than there are', () => {
    expect(itemsToRun({ ...FRESH_DRAFT, limit: 10 }, 4)).toBe(4)
    expect(itemsToRun({ ...FRESH_DRAFT, limit: 3 }, 4)).toBe(3)
    expect(itemsToRun(FRESH_DRAFT, null)).toBeNull()
  })

  it('lets a sink that writes documents be, unless a results file is named in its place', () => {
    const withFolder: Chain = { ...chain, sink: { folder: 'results/out' } }
    expect(optionsOf(FRESH_DRAFT, withFolder, null)).toEqual({})
    expect(optionsOf({ ...FRESH_DRAFT, output: 'a.csv' }, withFolder, null)).toEqual({ output: 'a.csv' })
  })

  it('changes stages inside maps too', () => {
    const nested: Chain = {
      ...chain,
      stages: {
        each: { kind: 'map', over: '{{ item }}', as: 'row', stages: { note: { kind: 'model', tier: 'local' } } },
      },
    }
    const draft = { ...FRESH_DRAFT, stages: { note: { temperature: 0 }, gone: { temperature: 1 } } }
    expect(stageTiers(draft, nested, [])).toEqual([{ stage: 'note', tier: 'local', own: 'local' }])
    expect(optionsOf(draft, nested, null).stages).toEqual({ note: { temperature: 0 } })
  })

  it('says of memory, canary and tripwires only what is different', () => {
    const draft = { ...FRESH_DRAFT, memory: false, canary: 0, tripwires: { sameError: null, costFactor: 5 } }
    expect(optionsOf(draft, chain, null)).toMatchObject({
      memory: false,
      canary: 0,
      tripwires: { sameError: null, costFactor: 5 },
    })
  })

  it('has a preview worked out anew only for what changes it', () => {
    const draft = { ...FRESH_DRAFT, limit: 3, tiers: { draft: 'local' }, memory: false }
    const bounded = { ...draft, budgetUsd: 2, canary: 0, concurrency: 4, stopOnError: true, output: 'a.csv' }
    const asked = (of: typeof draft) => previewedOptions(optionsOf(of, chain, null), false)
    expect(asked(bounded)).toEqual({ limit: 3, tiers: { draft: 'local' }, memory: false })
    expect(asked(bounded)).toEqual(asked(draft))
    // Any: with one at all, every tier must have a price.
    expect(previewedOptions({ budgetUsd: 7 }, true)).toEqual({ budgetUsd: 1 })
  })

  it('takes the tiers of a whole mix, and those of the chain are no change', () => {
    const stages = [
      { stage: 'a', tier: 'local', own: 'local' },
      { stage: 'b', tier: 'frontier', own: 'standard' },
    ]
    const draft = { ...FRESH_DRAFT, tiers: { b: 'frontier' } }
    expect(withTiers(draft, stages, { a: 'standard', b: 'standard' }).tiers).toEqual({ a: 'standard' })
    expect(withTiers(draft, stages, {}).tiers).toEqual({ b: 'frontier' })
  })

  it('takes results files of the two formats only', () => {
    expect(outputProblem('results/a.jsonl')).toBeNull()
    expect(outputProblem('results/a.CSV')).toBeNull()
    expect(outputProblem('results/a.txt')).not.toBeNull()
    expect(outputProblem(' ')).not.toBeNull()
  })
})
