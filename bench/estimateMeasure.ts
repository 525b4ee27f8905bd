import type { Band } from '../shared/estimate.ts'
import { formatUsd } from '../shared/format.ts'

/** An estimate against what it was about. */
export class EstimateMeasure {
  readonly #band: Band
  readonly #truth: number

  constructor(band: Band, truth: number) {
    this.#band = band
    this.#truth = truth
  }

  get isInside(): boolean {
    // What was sampled whole is known to a millionth of a dollar, and calls are rounded one by one.
    const half = 0.001 * this.#truth
    return this.#band.p10 - half <= this.#truth && this.#truth <= this.#band.p90 + half
  }

  /** How far its middle is from the truth, as a share of it. */
  get missed(): number {
    return this.#band.p50 / this.#truth - 1
  }

  line(name: string): string {
    const { p10, p50, p90 } = this.#band
    const told = `${formatUsd(p10)} – ${formatUsd(p50)} – ${formatUsd(p90)}`
    return [
      this.isInside ? 'inside ' : 'OUTSIDE',
      name.padEnd(52),
      told,
      `true ${formatUsd(this.#truth)}`,
      `${(this.missed * 100).toFixed(1)} %`,
    ].join('  ')
  }
}
