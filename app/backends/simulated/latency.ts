import type { Dice } from './dice.ts'
import type { Profile } from './profiles.ts'

/** Spread of the log-normal: the slowest in twenty take about twice the median. */
const SIGMA = 0.42

/** How long the answer takes, in milliseconds: log-normal until the first token, then steady. */
export function latencyMs(profile: Profile, outputTokens: number, dice: Dice): number {
  // Box-Muller; 1 - n keeps the logarithm's argument above 0.
  const normal = Math.sqrt(-2 * Math.log(1 - dice('latency'))) * Math.cos(2 * Math.PI * dice('latency angle'))
  return profile.latency.medianMs * Math.exp(SIGMA * normal) + profile.latency.perTokenMs * outputTokens
}

/** Resolves after `ms`; rejects with the signal's reason if it aborts first. */
export function wait(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return reject(signal.reason)
    const stop = () => {
      clearTimeout(timer)
      reject(signal.reason)
    }
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop)
      resolve()
    }, ms)
    signal.addEventListener('abort', stop, { once: true })
  })
}
