import { Tooltip } from '@mantine/core'
import { useNow } from './useNow.ts'

const STEPS: readonly [seconds: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [86_400, 'day'],
  [3_600, 'hour'],
  [60, 'minute'],
]
const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })
const exact = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'medium' })

/** `3 minutes ago`, the exact time on hover. `at`: Unix milliseconds. */
export function RelativeTime({ at }: { readonly at: number }) {
  const now = useNow(30_000)
  return (
    <Tooltip label={exact.format(at)}>
      <time dateTime={new Date(at).toISOString()}>{relativeTime(at, now)}</time>
    </Tooltip>
  )
}

export function relativeTime(at: number, now: number): string {
  const seconds = Math.round((at - now) / 1000)
  for (const [size, unit] of STEPS) if (Math.abs(seconds) >= size) return words.format(Math.trunc(seconds / size), unit)
  return Math.abs(seconds) < 10 ? 'just now' : words.format(seconds, 'second')
}
