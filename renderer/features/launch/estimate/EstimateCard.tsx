import { Button, Loader, Progress } from '@mantine/core'
import { IconFlask, IconSquare } from '@tabler/icons-react'
import { type Estimate, halfWidth, type MixEstimate } from '../../../../shared/estimate.ts'
import { formatCount, formatDuration, formatUsd } from '../../../../shared/format.ts'
import { ApiErrorNotice } from '../../../ui/ApiErrorNotice.tsx'
import { BandLine } from './BandLine.tsx'
import classes from './EstimateCard.module.css'
import { basisText, driverText, offerText, outcomeText, pricesText } from './estimateText.ts'
import { MixChoices } from './MixChoices.tsx'
import { StageCosts } from './StageCosts.tsx'
import type { EstimateView } from './useEstimate.ts'
import { WhatIfFields } from './WhatIfFields.tsx'

interface EstimateCardProps {
  readonly view: EstimateView
  readonly onMix: (mix: MixEstimate) => void
}

/** What the launch will cost and how long it takes, as bands; what drives it; what it would be on other tiers. */
export function EstimateCard({ view, onMix }: EstimateCardProps) {
  const { estimate, mix, error, progress } = view
  const shown = mix ?? estimate?.mixes[0] ?? null
  return (
    <section className={classes.root} aria-label="Estimate">
      {error !== null && <ApiErrorNotice error={error} />}
      {estimate === null ? (
        error === null && (
          <p className={classes.waiting}>
            <Loader size="xs" role="img" aria-label="Working it out" /> Counting what there is to do…
          </p>
        )
      ) : (
        <>
          <div className={classes.body} data-stale={mix === null}>
            <Bands mix={shown} />
            {shown !== null && <StageCosts mix={shown} />}
          </div>
          {estimate.mixes.length > 1 && (
            <MixChoices mixes={estimate.mixes} chosen={mix?.tiers ?? {}} onChoose={onMix} />
          )}
          {shown !== null && <WhatIfFields mix={shown} value={view.supposed} onChange={view.suppose} />}
          <footer className={classes.foot}>
            <p className={classes.words}>{wordsOf(estimate, shown)}</p>
            {progress === null ? <Offer estimate={estimate} view={view} /> : <Trying view={view} />}
          </footer>
        </>
      )}
    </section>
  )
}

function Bands({ mix }: { readonly mix: MixEstimate | null }) {
  if (mix === null) return null
  const width = mix.costMicros === null ? null : Math.round(halfWidth(mix.costMicros) * 100)
  return (
    <dl className={classes.bands}>
      <BandLine
        label="Cost"
        band={mix.costMicros}
        format={formatUsd}
        note={`${mix.simulated ? 'play money ' : ''}${width === null ? '' : `±${width} %`}`.trim()}
      />
      <BandLine label="Time" band={mix.durationMs} format={formatDuration} />
    </dl>
  )
}

function Offer({ estimate, view }: { readonly estimate: Estimate; readonly view: EstimateView }) {
  const { first, more, sample } = estimate
  const offer = first ?? more
  if (offer === null) return null
  const band = offer.halfWidth === null ? '' : ` → ±${Math.max(1, Math.round(offer.halfWidth * 100))} %`
  const words =
    first === null
      ? `Try ${formatCount(offer.items)} more (${offerText(offer)}${band})`
      : `Try ${formatCount(offer.items)} ${offer.items === 1 ? 'item' : 'items'} first (${offerText(offer)})`
  return (
    <Button
      size="xs"
      leftSection={<IconFlask size={14} stroke={1.5} />}
      onClick={() => view.tryItems(first === null ? sample.items.length + offer.items : offer.items)}
    >
      {words}
    </Button>
  )
}

function Trying({ view }: { readonly view: EstimateView }) {
  const { done = 0, total = null } = view.progress ?? {}
  return (
    <div className={classes.trying} role="status">
      <span>{total === null ? 'Trying the sample…' : `Tried ${formatCount(done)} of ${formatCount(total)}`}</span>
      <Progress
        className={classes.progress ?? ''}
        value={total === null || total === 0 ? 0 : (done / total) * 100}
        aria-label="Items of the sample that were tried"
      />
      <Button size="xs" leftSection={<IconSquare size={12} stroke={1.5} />} onClick={view.stop}>
        Stop
      </Button>
    </div>
  )
}

function wordsOf(estimate: Estimate, mix: MixEstimate | null): string {
  if (mix === null) return ''
  return [
    basisText(estimate, mix),
    driverText(mix),
    pricesText(estimate.prices.filter(({ tier }) => Object.values(mix.tiers).includes(tier))),
    outcomeText(estimate.outcomes),
  ]
    .filter((part) => part !== null)
    .join(' ')
}
