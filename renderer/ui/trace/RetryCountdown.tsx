import { formatDuration } from '../../../shared/format.ts'
import { useNow } from '../useNow.ts'

/** `Asked again in 6 s`. `at`: Unix milliseconds. */
export function RetryCountdown({ at }: { readonly at: number }) {
  const seconds = Math.ceil((at - useNow(500)) / 1000)
  const wait = seconds < 60 ? `${seconds} s` : formatDuration(seconds * 1000)
  return <span className="tabular">{seconds > 0 ? `Asked again in ${wait}` : 'Asked again now'}</span>
}
