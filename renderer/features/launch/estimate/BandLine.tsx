import type { Band } from '../../../../shared/estimate.ts'
import classes from './BandLine.module.css'

interface BandLineProps {
  readonly label: string
  /** null: it is not known. */
  readonly band: Band | null
  readonly format: (value: number) => string
  readonly note?: string
}

/** A band drawn: one in ten comes out below it, one in ten above; the dot is what is likely. */
export function BandLine({ label, band, format, note }: BandLineProps) {
  return (
    <>
      <dt className={classes.label}>{label}</dt>
      <dd className={classes.value}>
        {band === null ? (
          <span className={classes.likely}>price unknown</span>
        ) : (
          <>
            <span className={classes.likely}>{format(band.p50)}</span>
            {note !== undefined && <span className="quiet"> {note}</span>}
            <span className={classes.band}>
              <span>{format(band.p10)}</span>
              <span className={classes.line} aria-hidden>
                <span className={classes.dot} style={{ left: `${dotAt(band)}%` }} />
              </span>
              <span>
                <span className={classes.words}>to </span>
                {format(band.p90)}
              </span>
            </span>
          </>
        )}
      </dd>
    </>
  )
}

function dotAt({ p10, p50, p90 }: Band): number {
  return p90 <= p10 ? 50 : Math.min(100, Math.max(0, ((p50 - p10) / (p90 - p10)) * 100))
}
