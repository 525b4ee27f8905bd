import { describe, expect, it } from 'vitest'
import type { RunStage } from '../../../../shared/run.ts'
import type { Price, Tier } from '../../../../shared/tier.ts'
import { cheaperTiers } from './cheaperTiers.ts'

function aTier(name: string, knownPrice: Price | null, changes: Partial<Tier> = {}): Tier {
  return {
    name,
    letter: 'X',
    backend: 'openai',
    model: name,
    origin: 'settings',
    notReady: null,
    knownPrice,
    ...changes,
  }
}
const aStage = (id: string, tier: string | null): RunStage => ({ id, kind: 'model', tier, lane: 0 })

const frontier = aTier('frontier', { input: 5, output: 25 })
const standard = aTier('standard', { input: 1, output: 5 })
const local = aTier('local', null, { backend: 'ollama' })

describe('the cheaper tiers that a run could be finished on', () => {
  it('are the ready ones that cost less, the cheapest first, for the stages of dearer ones', () => {
    const found = cheaperTiers(
      [aStage('extract', 'standard'), aStage('judge', 'frontier'), aStage('fetch', null)],
      [frontier, standard, local],
    )
    expect(found.map(({ tier, tiers }) => [tier.name, tiers])).toEqual([
      ['local', { extract: 'local', judge: 'local' }],
      ['standard', { judge: 'standard' }],
    ])
  })

  it('are none that are not ready, and none whose price is not known', () => {
    const stages = [aStage('judge', 'frontier')]
    expect(cheaperTiers(stages, [frontier, { ...standard, notReady: 'no key' }])).toEqual([])
    expect(cheaperTiers(stages, [frontier, aTier('own', null, { backend: 'openai-compatible' })])).toEqual([])
  })

  it('are none where the run calls the cheapest already', () => {
    expect(cheaperTiers([aStage('extract', 'local')], [frontier, standard, local])).toEqual([])
  })
})
