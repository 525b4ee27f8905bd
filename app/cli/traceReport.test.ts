import picocolors from 'picocolors'
import { describe, expect, it } from 'vitest'
import type { InnerTrace, ItemTrace, StageTrace } from '../../shared/trace.ts'
import { NO_USAGE } from '../../shared/usage.ts'
import { traceJson } from './traceJson.ts'
import { traceReport } from './traceReport.ts'

const plain = picocolors.createColors(false)

function aStage(stage: string, more: Partial<StageTrace> = {}): StageTrace {
  const nothing = { reason: null, input: null, prompt: null, instructions: null, failure: null }
  const figures = { usage: NO_USAGE, costMicros: 1_500_000, savedMicros: 0, retryAt: null, latencyMs: 12 }
  return {
    stage,
    kind: 'model',
    state: 'succeeded',
    ...nothing,
    output: `${stage} out`,
    attempts: [],
    ...figures,
    inner: [],
    ...more,
  }
}

function anElement(number: number, more: Partial<InnerTrace> = {}): InnerTrace {
  const stages = [aStage('ask', { prompt: `about ${number}` })]
  return {
    label: String(number),
    state: 'succeeded',
    input: `in ${number}`,
    output: 'o',
    failure: null,
    stages,
    ...more,
  }
}

function aTrace(stages: readonly StageTrace[], more: Partial<ItemTrace> = {}): ItemTrace {
  const where = { run: 'r', lane: 0, index: 4, key: 'a.txt', group: null, inGroup: null }
  const what = { item: { text: 't' }, itemProblem: null, output: 'done', error: null }
  const figures = { usage: NO_USAGE, costMicros: 0, savedMicros: 0, latencyMs: 3, revision: 0, isRedone: false }
  return { ...where, status: 'succeeded', ...what, stages, ...figures, ...more }
}

const refused = { kind: 'refused', message: 'no' } as const

describe('the report of one item', () => {
  it('prints the stages inside a stage below it, moved to the right, depth by depth', () => {
    const inner = [anElement(1, { stages: [aStage('inmap', { kind: 'map', inner: [anElement(1)] })] })]
    const lines = traceReport(aTrace([aStage('sections', { kind: 'map', inner })]), false, plain)
      .join('\n')
      .split('\n')
    const indentOf = (text: string) => lines.find((line) => line.includes(text))?.search(/\S/)
    expect(['✓ sections ', '✓ sections 1', '✓ inmap ', '✓ inmap 1', '✓ ask '].map(indentOf)).toEqual([0, 2, 4, 6, 8])
    expect(lines).toContain('            about 1')
  })
  it('prints ten elements and those that failed, and says how many more there are', () => {
    const inner = Array.from({ length: 30 }, (_, at) =>
      anElement(at + 1, at === 22 ? { state: 'failed', failure: refused, stages: [] } : {}),
    )
    const text = traceReport(aTrace([aStage('each', { kind: 'map', inner })]), false, plain).join('\n')
    expect(text).toContain('✓ each 10 ')
    expect(text).not.toContain('each 11')
    expect(text).toContain('✕ each 23 failed refused: in 23')
    expect(text).toContain('… 19 more')
  })
  it('says that a call was shared with other items', () => {
    const pack = { pack: 'p', id: 'k3f', size: 25, reason: 'size' } as const
    const attempt = { number: 1, purpose: 'first', tier: 'local', model: 'm', startedAt: 0, latencyMs: 1 } as const
    const request = { instructions: null, messages: [] }
    const outcome = { status: 'succeeded', text: '', output: 'x' } as const
    const money = { usage: null, costMicros: null, rememberedFrom: null, reservedMicros: null }
    const attempts = [{ ...attempt, request, outcome, ...money, pack }]
    expect(traceReport(aTrace([aStage('ask', { attempts })]), false, plain).join('\n')).toContain(
      '✓ ask succeeded · local m · 1 attempt · a call shared by 25',
    )
  })
  it('says of a group how it came together, and of an item where it went', () => {
    const group = { key: 'k', reason: 'size', members: [3, 5] } as const
    expect(traceReport(aTrace([], { lane: 1, group }), false, plain).join('\n')).toContain(
      '2 members (3, 5), released by size',
    )
    expect(traceReport(aTrace([], { status: 'gathered', inGroup: 7 }), false, plain).join('\n')).toContain(
      'taken into group 7',
    )
  })
})

describe('the trace as JSON', () => {
  it('has money in US dollars at every depth, and no other money', () => {
    const json = traceJson(aTrace([aStage('each', { kind: 'map', inner: [anElement(1)] })]))
    expect(json.stages[0]).toMatchObject({
      costUsd: 1.5,
      inner: [{ label: '1', stages: [{ stage: 'ask', costUsd: 1.5 }] }],
    })
    expect(JSON.stringify(json)).not.toContain('costMicros')
  })
})
