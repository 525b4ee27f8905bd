import { assertNever } from '../../../../shared/assertNever.ts'
import { formatCount } from '../../../../shared/format.ts'
import type { BackendLoad, RateLimit } from '../../../../shared/limits.ts'

/** `4 of 32`; `4` where no limit is known. */
export function inFlightText({ active, concurrency }: BackendLoad): string {
  return concurrency === null ? formatCount(active) : `${formatCount(active)} of ${formatCount(concurrency)}`
}

/** Where the limit of the calls in flight comes from. */
export function concurrencyFromText({ concurrencyFrom }: BackendLoad): string {
  switch (concurrencyFrom) {
    case 'person':
      return 'set by you'
    case 'settings':
      return 'by jacquard.yaml'
    case 'learned':
      return 'learned from its refusals'
    case 'none':
      return 'no limit known'
    default:
      return assertNever(concurrencyFrom)
  }
}

/** `81 % of 400,000 a minute` */
export function rateText({ used, perMinute }: RateLimit): string {
  return `${Math.round(used * 100)} % of ${formatCount(perMinute)} a minute`
}

export function rateFromText({ from }: RateLimit): string {
  return from === 'settings' ? 'by jacquard.yaml' : 'said by the provider'
}

/** What a backend is kept by now, apart from its limits; empty: nothing. */
export function waitingText({ waiting, closedForMs }: BackendLoad): string {
  const turn = waiting === 1 ? '1 call waits for its turn' : `${formatCount(waiting)} calls wait for their turn`
  return [
    closedForMs > 0 ? `asked to wait ${formatCount(Math.ceil(closedForMs / 1000))} s` : null,
    waiting > 0 ? turn : null,
  ]
    .filter((part) => part !== null)
    .join(' · ')
}
