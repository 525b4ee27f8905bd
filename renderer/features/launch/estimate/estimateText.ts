import type { Estimate, EstimateOffer, EstimateOutcome, MixEstimate, PriceNote } from '../../../../shared/estimate.ts'
import { formatCount, formatDuration, formatUsd } from '../../../../shared/format.ts'
import type { RunPreview } from '../../../../shared/runChange.ts'

/** `From 10 tried items. 1,198 items, and 6 that cannot be read.` */
export function basisText({ sample, unreadable, items }: Estimate, { basis }: MixEstimate): string {
  const tried = sample.items.length
  const unread = unreadable > 0 ? `, and ${formatCount(unreadable)} that cannot be read` : ''
  const of = `${formatCount(items)} ${items === 1 ? 'item' : 'items'}${unread}`
  switch (basis) {
    case 'rough':
      return `Rough: nothing was tried yet. ${of}.`
    case 'transferred':
      return `From ${formatCount(tried)} tried items, some of them on other tiers. ${of}.`
    case 'measured':
      return `From ${formatCount(tried)} tried items. ${of}.`
  }
}

/** `≈ $0.03, 20 s` */
export function offerText({ costMicros, durationMs }: EstimateOffer): string {
  const price =
    costMicros === null ? 'price unknown' : costMicros === 0 ? 'costs nothing' : `≈ ${formatUsd(costMicros)}`
  return `${price}, ${formatDuration(durationMs)}`
}

/** `prices as of 2026-09-23; standard as set in jacquard.yaml`; null: there is nothing to say of prices. */
export function pricesText(prices: readonly PriceNote[]): string | null {
  const lists = [...new Set(prices.flatMap(({ from, asOf }) => (from === 'list' && asOf !== null ? [asOf] : [])))]
  const named = (from: PriceNote['from']) => prices.filter((note) => note.from === from).map(({ tier }) => tier)
  const parts = [
    lists.length > 0 ? `Prices as of ${lists.join(', ')}` : null,
    named('settings').length > 0 ? `${named('settings').join(', ')} as set in jacquard.yaml` : null,
    named('unknown').length > 0 ? `the price of ${named('unknown').join(', ')} is not known` : null,
    named('simulated').length === prices.length && prices.length > 0 ? 'Play money: no model is called' : null,
  ].filter((part) => part !== null)
  return parts.length === 0 ? null : `${parts.join('; ')}.`
}

/** `Last run: $4.70 estimated, $4.52 paid (−4 %)`; null: none was estimated, or its price is not known. */
export function outcomeText(outcomes: readonly EstimateOutcome[]): string | null {
  const last = outcomes.findLast(
    ({ estimatedMicros, actualMicros }) => estimatedMicros !== null && actualMicros !== null,
  )
  if (last?.estimatedMicros == null || last.actualMicros === null) return null
  const { p50 } = last.estimatedMicros
  const off = p50 === 0 ? null : Math.round((last.actualMicros / p50 - 1) * 100)
  const sign = off === null || off === 0 ? '' : off > 0 ? '+' : '−'
  const change = off === null ? '' : ` (${sign}${Math.abs(off)} %)`
  return `Last run: ${formatUsd(p50)} estimated, ${formatUsd(last.actualMicros)} paid${change}.`
}

/** What drives the cost: the stage with the largest share, and how much of that is for answers. null: unknown, or nothing. */
export function driverText({ stages, costMicros }: MixEstimate): string | null {
  if (costMicros === null || costMicros.p50 === 0) return null
  const [first] = stages.toSorted((a, b) => (b.costMicros?.p50 ?? 0) - (a.costMicros?.p50 ?? 0))
  if (first?.costMicros == null || stages.length < 2) return null
  const share = Math.round((first.costMicros.p50 / costMicros.p50) * 100)
  const out = first.outputShare === null ? '' : `, ${Math.round(first.outputShare * 100)} % of that for its answers`
  return `${share} % is ${first.id}${out}.`
}

/** What a launch asks for, at the price that a sample has shown; what is known only roughly changes nothing. */
export function atEstimate(preview: RunPreview, mix: MixEstimate | null): RunPreview {
  const { calls, remembered } = preview
  if (mix?.costMicros == null || mix.basis === 'rough' || calls === 0) return preview
  return { ...preview, costMicros: Math.round((mix.costMicros.p50 * calls) / (calls + remembered)) }
}
