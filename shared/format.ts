/** Money, durations and counts in words. Pure; used by screens and command line alike. */

export const MICROS_PER_USD = 1_000_000

/** `$4.70`; below a cent two significant digits: `$0.0031`. `null` is `unknown`. */
export function formatUsd(micros: number | null): string {
  if (micros === null) return 'unknown'
  const usd = micros / MICROS_PER_USD
  if (usd === 0) return '$0'
  if (Math.abs(usd) >= 0.01)
    return `$${usd.toLocaleString('en-US', { minimumFractionDigits: 2, maximumFractionDigits: 2 })}`
  // Two significant digits without an exponent.
  const digits = Math.min(6, 1 - Math.floor(Math.log10(Math.abs(usd))))
  return `$${usd.toFixed(digits)}`
}

/** `1,204` */
export function formatCount(count: number): string {
  return count.toLocaleString('en-US')
}

/** `850 ms`, `2.9 s`, `48 s`, `3 min 20 s`, `2 h 5 min` */
export function formatDuration(ms: number): string {
  if (ms < 1000) return `${Math.round(ms)} ms`
  const seconds = ms / 1000
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`
  if (seconds < 59.5) return `${Math.round(seconds)} s`
  const whole = Math.round(seconds)
  const minutes = Math.floor(whole / 60)
  if (minutes < 60) return joinParts(`${minutes} min`, whole % 60, 's')
  return joinParts(`${Math.floor(minutes / 60)} h`, minutes % 60, 'min')
}

function joinParts(large: string, small: number, unit: string): string {
  return small === 0 ? large : `${large} ${small} ${unit}`
}

/** `41/min`, `12.4/s` */
export function formatRate(perSecond: number): string {
  if (perSecond >= 10) return `${formatCount(Math.round(perSecond))}/s`
  if (perSecond >= 1) return `${perSecond.toFixed(1)}/s`
  return `${(perSecond * 60).toFixed(perSecond * 60 >= 10 ? 0 : 1)}/min`
}

/** `1.9k`, `212` */
export function formatTokens(tokens: number): string {
  if (tokens < 1000) return String(tokens)
  if (tokens < 1_000_000) return `${(tokens / 1000).toFixed(tokens < 10_000 ? 1 : 0)}k`
  return `${(tokens / 1_000_000).toFixed(1)}M`
}

/** `312 B`, `4.1 kB` */
export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`
  return `${(bytes / 1_000_000).toFixed(1)} MB`
}
