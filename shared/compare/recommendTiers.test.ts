import { describe, expect, it } from 'vitest'
import { parseChain } from '../chainDocument.ts'
import { editChain } from '../chainEdit.ts'
import type { Json } from '../json.ts'
import type { TriedCell, TriedStage } from '../triedCell.ts'
import { NO_USAGE } from '../usage.ts'
import { compareRows } from './compareRows.ts'
import { changedStages, recommendationEdits, recommendTiers } from './recommendTiers.ts'

const TEXT = `jacquard: 1
stages:
  extract:
    kind: model
    tier: frontier # the best
    prompt: "{{ item.text }}"
  reply:
    kind: model
    prompt: "{{ extract }}"
`
const COSTS: Readonly<Record<string, number>> = { local: 1, standard: 10, frontier: 100 }

/** What each stage answered. null: it failed its checks; undefined: it was not reached. */
type Answers = Readonly<Record<string, Json | undefined>>

function aCell(index: number, variant: string, answers: Answers): TriedCell {
  const stages = Object.entries(answers).flatMap(([stage, output]): [string, TriedStage][] => {
    if (output === undefined) return []
    const costMicros = COSTS[variant] ?? null
    const more = { questions: 1, attempts: 1, usage: NO_USAGE, costMicros, latencyMs: 1, isValid: output !== null }
    return [[stage, { stage, tier: variant, model: 'm', output, ...more }]]
  })
  const unfit = stages.find(([, { output }]) => output === null)?.[0]
  return {
    item: { index, key: String(index) },
    variant,
    repeat: 0,
    run: 'r',
    status: unfit === undefined ? 'succeeded' : 'failed',
    output: answers.reply ?? null,
    error: unfit === undefined ? null : { stage: unfit, kind: 'invalid_output', message: 'x' },
    latencyMs: 1,
    usage: NO_USAGE,
    costMicros: COSTS[variant] ?? null,
    remembered: false,
    attempts: 1,
    isValid: unfit === undefined,
    stages: Object.fromEntries(stages),
  }
}

const RIGHT = { extract: 'e', reply: 'r' }

function recommend(answers: Readonly<Record<string, (index: number) => Answers>>, items = 10) {
  const { chain, graph } = parseChain(TEXT)
  if (chain === null || graph === null) throw new Error('The chain of the test cannot be read.')
  const variants = Object.keys(answers).map((name) => ({ name, tier: name }))
  const indexes = Array.from({ length: items }, (_, index) => index)
  const cells = variants.flatMap(({ name }) => indexes.map((index) => aCell(index, name, answers[name]?.(index) ?? {})))
  const sampled = indexes.map((index) => ({ index, key: String(index), reason: 'chosen' as const, bytes: null }))
  const rows = compareRows({ items: sampled, variants, cells }, 'frontier')
  const drawnTier = (stage: string) => (stage === 'extract' ? 'frontier' : 'standard')
  return recommendTiers({ chain, graph, variants, rows, reference: 'frontier', stage: null, drawnTier })
}

describe('a recommendation', () => {
  it('takes the cheapest tier that gives what the reference gives, stage by stage', () => {
    const advice = recommend({
      local: (index) => ({ extract: 'e', reply: index < 5 ? 'r' : 'other' }),
      standard: () => RIGHT,
      frontier: () => RIGHT,
    })
    expect(advice?.stages).toMatchObject([
      {
        stage: 'extract',
        tier: 'local',
        escalate: null,
        why: '10 of 10 agree with frontier; could be as low as 72 %.',
      },
      { stage: 'reply', now: 'standard', tier: 'standard', costMicrosPer1000: 10_000, nowMicrosPer1000: 10_000 },
    ])
    expect([advice?.costMicrosPer1000, advice?.nowMicrosPer1000]).toEqual([11_000, 110_000])
  })

  it('does not hold against a stage that what it builds on differed', () => {
    const advice = recommend({
      local: (index) => (index < 2 ? { extract: 'wrong', reply: 'so it is' } : RIGHT),
      frontier: () => RIGHT,
    })
    expect(advice?.stages).toMatchObject([
      { tier: 'frontier', quality: null, why: expect.stringContaining('Only 8 of 10 answers of local agree') },
      { tier: 'local', quality: { count: 8, of: 8 } },
    ])
  })

  it('climbs to the better tier where only answers that fail their checks are wrong', () => {
    const advice = recommend({
      local: (index) => (index < 2 ? { extract: null } : RIGHT),
      frontier: () => RIGHT,
    })
    expect(advice?.stages[0]).toMatchObject({
      tier: 'local',
      escalate: 'frontier',
      costMicrosPer1000: 1000 + 0.2 * 100_000,
      why: '8 of 10 agree with frontier, and the 2 that fail their checks go to frontier; could be as low as 72 %.',
    })
  })

  it('counts what a stage costs over all items, also those that it does not see', () => {
    const some = (index: number) => (index < 4 ? RIGHT : { extract: 'e' })
    const advice = recommend({ local: some, frontier: some })
    expect(advice?.stages.map(({ tier, costMicrosPer1000 }) => [tier, costMicrosPer1000])).toEqual([
      ['local', 1000],
      ['local', 400],
    ])
  })

  it('says why it keeps the reference', () => {
    const few = recommend({ local: () => RIGHT, frontier: () => RIGHT }, 2)
    expect(few?.stages[0]?.why).toContain('so few prove little')
    const unlike = recommend({
      local: (index) => ({ extract: { note: `other ${index}` }, reply: 'r' }),
      frontier: () => ({ extract: { note: 'A long text, in words of its own. '.repeat(3) }, reply: 'r' }),
    })
    expect(unlike?.stages[0]?.why).toContain('free text')
    expect(unlike?.stages[1]?.why).toContain('compare this stage alone')
    const unpriced = recommend({ house: () => RIGHT, frontier: () => RIGHT })
    expect(unpriced?.stages[0]?.why).toBe('What house costs is not known, so nothing can be called cheaper.')
    expect(recommend({ frontier: () => RIGHT })).toBeNull()
  })

  it('is written into the chain as edits of its tiers, comments kept', () => {
    const advice = recommend({ local: (index) => (index < 1 ? { extract: null } : RIGHT), frontier: () => RIGHT })
    const { chain } = parseChain(TEXT)
    if (advice === null || chain === null) throw new Error('There is one.')
    expect(changedStages(advice).map(({ stage }) => stage)).toEqual(['extract', 'reply'])
    const edited = editChain(TEXT, recommendationEdits(chain, advice))
    expect(edited).toContain('tier: local # the best')
    expect(parseChain(edited).chain?.stages).toMatchObject({
      extract: { tier: 'local', escalate: 'frontier' },
      reply: { tier: 'local' },
    })
  })
})
