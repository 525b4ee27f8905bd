import type { Band, Estimate, MixEstimate, StageEstimate } from '../../shared/estimate.ts'
import { formatCount, formatDuration, formatTokens, formatUsd, MICROS_PER_USD } from '../../shared/format.ts'
import { AS_DRAWN } from '../../shared/variant.ts'
import { countText } from './spend.ts'
import type { Colors } from './standardStreams.ts'
import { table } from './table.ts'
import { oneLine } from './terminalText.ts'

/** For a person. `named`: tiers that were asked for. */
export function estimateReport(estimate: Estimate, named: readonly string[], colors: Colors): string[] {
  const { items, unreadable, sample, sourceTokens, prices } = estimate
  const mixes = mixesOf(estimate, named)
  const [drawn] = mixes
  const unread = unreadable === 0 ? '' : `, ${formatCount(unreadable)} more cannot be read`
  const about = sourceTokens.isExact ? '' : 'about '
  const head = ['', 'COST', 'LIKELY', 'TIME', 'LIKELY', 'TOKENS IN', 'OUT', ''].map(colors.dim)
  return [
    `${colors.bold(countText(items, 'item'))}${unread}, ${about}${formatTokens(Math.round(sourceTokens.count))} tokens of text`,
    sampleText(sample),
    '',
    ...table([head, ...mixes.map(mixRow)], [5, 6]),
    ...(drawn === undefined ? [] : ['', ...stageTable(drawn.stages, colors)]),
    '',
    ...priceLines(prices.filter(({ tier }) => mixes.some(({ stages }) => stages.some((stage) => stage.tier === tier)))),
    ...outcomeLines(estimate),
  ]
}

/** One JSON document, as docs/command-line.md has it. */
export function estimateJson(estimate: Estimate, named: readonly string[]) {
  const mixes = mixesOf(estimate, named)
  const [drawn] = mixes
  return {
    items: estimate.items,
    sample: estimate.sample.items.length,
    reused: estimate.sample.reused,
    failed: estimate.sample.failed,
    unreadable: estimate.unreadable,
    exact: estimate.sourceTokens.isExact,
    tiers: Object.fromEntries(mixes.map((mix) => [mix.name, { ...totals(mix), seconds: seconds(mix.durationMs) }])),
    stages: Object.fromEntries(
      (drawn?.stages ?? []).map((stage) => [
        stage.id,
        {
          tier: stage.tier,
          model: stage.model,
          ...totals(stage),
          seconds: seconds(stage.latencyMs),
          calls: rounded(stage.calls, 1),
        },
      ]),
    ),
    prices: estimate.prices,
  }
}

function mixesOf({ mixes }: Estimate, named: readonly string[]): readonly MixEstimate[] {
  return mixes.filter(({ name }) => name === AS_DRAWN || named.includes(name))
}

function totals({
  costMicros,
  inputTokens,
  outputTokens,
}: Pick<StageEstimate, 'costMicros' | 'inputTokens' | 'outputTokens'>) {
  return {
    costUsd: costMicros === null ? null : scaled(costMicros, MICROS_PER_USD),
    inputTokens: rounded(inputTokens, 0),
    outputTokens: rounded(outputTokens, 0),
    unknownPrice: costMicros === null,
  }
}

/** To whole millionths of a dollar. */
function scaled({ p10, p50, p90 }: Band, by: number): Band {
  const of = (value: number) => Math.round(value) / by
  return { p10: of(p10), p50: of(p50), p90: of(p90) }
}

function rounded({ p10, p50, p90 }: Band, digits: number): Band {
  const of = (value: number) => Number(value.toFixed(digits))
  return { p10: of(p10), p50: of(p50), p90: of(p90) }
}

function seconds(ms: Band): Band {
  return scaled(ms, 1000)
}

function sampleText({ items, reused, failed }: Estimate['sample']): string {
  if (items.length === 0) return 'No stage calls a model, or nothing was sampled: rough sizes only.'
  const parts = [
    `Rests on ${countText(items.length, 'sampled item')}`,
    ...(reused > 0 ? [`${formatCount(reused)} from memory`] : []),
    ...(failed > 0 ? [`${formatCount(failed)} failed`] : []),
  ]
  return `${parts.join(', ')}. One run in ten comes out below each band, one above.`
}

function mixRow({ name, costMicros, durationMs, inputTokens, outputTokens, basis, simulated }: MixEstimate): string[] {
  return [
    name,
    costMicros === null ? 'price unknown' : `${formatUsd(costMicros.p10)} – ${formatUsd(costMicros.p90)}`,
    costMicros === null ? '' : formatUsd(costMicros.p50),
    `${formatDuration(durationMs.p10)} – ${formatDuration(durationMs.p90)}`,
    formatDuration(durationMs.p50),
    formatTokens(Math.round(inputTokens.p50)),
    formatTokens(Math.round(outputTokens.p50)),
    [...(simulated ? ['play money'] : []), ...(basis === 'measured' ? [] : [basis])].join(', '),
  ]
}

function stageTable(stages: readonly StageEstimate[], colors: Colors): string[] {
  const head = ['STAGE', 'TIER', 'CALLS', 'COST', 'FOR ANSWERS', 'TOKENS IN', 'OUT'].map(colors.dim)
  const rows = stages.map(({ id, tier, calls, costMicros, outputShare, inputTokens, outputTokens }) => [
    oneLine(id, 32),
    tier,
    formatCount(Math.round(calls.p50)),
    costMicros === null ? 'price unknown' : formatUsd(costMicros.p50),
    outputShare === null ? '' : `${Math.round(outputShare * 100)} %`,
    formatTokens(Math.round(inputTokens.p50)),
    formatTokens(Math.round(outputTokens.p50)),
  ])
  return table([head, ...rows], [2, 3, 4, 5, 6])
}

function priceLines(prices: Estimate['prices']): string[] {
  const of = (from: Estimate['prices'][number]['from']) => prices.filter((price) => price.from === from)
  const tiers = (from: Estimate['prices'][number]['from']) =>
    of(from)
      .map(({ tier }) => tier)
      .join(', ')
  const [listed] = of('list')
  return [
    ...(listed === undefined ? [] : [`Prices as of ${listed.asOf ?? ''}: ${tiers('list')}.`]),
    ...(of('settings').length === 0 ? [] : [`Prices from jacquard.yaml: ${tiers('settings')}.`]),
    ...(of('simulated').length === 0 ? [] : [`Simulated, play money: ${tiers('simulated')}.`]),
    ...(of('unknown').length === 0
      ? []
      : [`The price of ${tiers('unknown')} is not known: give the tier a \`price\` in jacquard.yaml.`]),
  ]
}

function outcomeLines({ outcomes }: Estimate): string[] {
  const last = outcomes.at(-1)
  if (last === undefined || last.estimatedMicros === null || last.actualMicros === null) return []
  return [
    `The last run that was estimated: estimate ${formatUsd(last.estimatedMicros.p50)}, actual ${formatUsd(last.actualMicros)}.`,
  ]
}
