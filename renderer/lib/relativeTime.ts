const STEPS: readonly [seconds: number, unit: Intl.RelativeTimeFormatUnit][] = [
  [86_400, 'day'],
  [3_600, 'hour'],
  [60, 'minute'],
]
const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' })

/** `3 minutes ago`; both in Unix milliseconds. */
export function relativeTime(at: number, now: number): string {
  const seconds = Math.round((at - now) / 1000)
  for (const [size, unit] of STEPS) if (Math.abs(seconds) >= size) return words.format(Math.trunc(seconds / size), unit)
  return Math.abs(seconds) < 10 ? 'just now' : words.format(seconds, 'second')
}
