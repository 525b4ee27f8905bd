import type { BackendLoad, RateLimit } from '../../../../shared/limits.ts'
import type { Tier } from '../../../../shared/tier.ts'
import { TierBadge } from '../../../ui/TierBadge.tsx'
import classes from './BackendLimits.module.css'
import { concurrencyFromText, inFlightText, rateFromText, rateText, waitingText } from './backendText.ts'
import { ClampField } from './ClampField.tsx'

interface BackendLimitsProps {
  readonly load: BackendLoad
  readonly tiers: readonly Tier[]
}

/** One backend: what of its limits is in use, where they come from, and a bound of one's own. */
export function BackendLimits({ load, tiers }: BackendLimitsProps) {
  const { name, active, concurrency, requestsPerMinute, tokensPerMinute } = load
  const waits = waitingText(load)
  return (
    <section className={classes.root} aria-label={name}>
      <header className={classes.head}>
        <h2 className={classes.name} title={name}>
          {name}
        </h2>
        {load.tiers.map((tier) => (
          <TierBadge key={tier} name={tier} tier={tiers.find((known) => known.name === tier) ?? null} withName />
        ))}
      </header>
      <dl className={classes.rows}>
        <Row
          label="In flight"
          share={concurrency === null ? null : active / concurrency}
          text={inFlightText(load)}
          from={concurrencyFromText(load)}
        />
        {requestsPerMinute !== null && <RateRow label="Requests" rate={requestsPerMinute} />}
        {tokensPerMinute !== null && <RateRow label="Tokens" rate={tokensPerMinute} />}
      </dl>
      {waits !== '' && <p className={classes.waits}>{waits}</p>}
      <ClampField key={name} name={name} clamp={load.clamp} />
    </section>
  )
}

function RateRow({ label, rate }: { readonly label: string; readonly rate: RateLimit }) {
  return <Row label={label} share={rate.used} text={rateText(rate)} from={rateFromText(rate)} />
}

interface RowProps {
  readonly label: string
  /** null: there is no limit to hold it against. */
  readonly share: number | null
  readonly text: string
  readonly from: string
}

function Row({ label, share, text, from }: RowProps) {
  return (
    <div className={classes.row}>
      <dt>{label}</dt>
      <dd>
        {share !== null && (
          <span className={classes.meter} aria-hidden>
            <span style={{ width: `${Math.min(1, share) * 100}%` }} />
          </span>
        )}
        <span className={classes.text}>{text}</span>
        <span className={classes.from}>{from}</span>
      </dd>
    </div>
  )
}
