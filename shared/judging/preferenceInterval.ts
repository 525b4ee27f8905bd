import type { Interval } from './interval.ts'

/** What the votes of a duel came to, for the first of its two variants. A vote for neither of them is a tie. */
export interface Tally {
  readonly wins: number
  readonly losses: number
  readonly ties: number
}

export function votesIn({ wins, losses, ties }: Tally): number {
  return wins + losses + ties
}

/** How much the first variant is preferred: wins, and half the ties, of all votes. 0.5: no difference. null: no vote. */
export function preference(tally: Tally): number | null {
  const votes = votesIn(tally)
  return votes === 0 ? null : (tally.wins + tally.ties / 2) / votes
}

/** Of being wrong about either end, at any time of a duel. */
const ERROR_AT_EACH_END = 0.025
const LOG_THRESHOLD = -Math.log(ERROR_AT_EACH_END)

/** Shares of the stake: the small ones find small differences after many votes, the large ones large ones after few. */
const STAKES = Array.from({ length: 40 }, (_, index) => (index + 0.5) / 40)

/**
 * The 95 % interval of the preference, 0 to 1, that holds at every vote of a duel at once: whoever looks after each
 * vote and stops as soon as the interval has left one half is still wrong in 5 % of duels at most. An interval made for one
 * look would be wrong far more often.
 *
 * It bets against each value that the preference may have (Waudby-Smith and Ramdas, "Estimating means of bounded random
 * variables by betting"): were it the true one, nobody could multiply a stake by 40 on these votes in more than one
 * duel of 40 (Ville's inequality). A value against which that was done is out. Ties count as what they are, a
 * half; nothing is taken for normally distributed.
 */
export function preferenceInterval(tally: Tally): Interval {
  return { low: lowEnd(tally), high: 1 - lowEnd(mirrored(tally)) }
}

/** Whether the votes rule a preference of this value out. */
export function isRuledOut(tally: Tally, value: number): boolean {
  return isBelow(tally, value) || isBelow(mirrored(tally), 1 - value)
}

function mirrored({ wins, losses, ties }: Tally): Tally {
  return { wins: losses, losses: wins, ties }
}

/** The largest value that is too small to be the preference. What is won against a value shrinks as the value grows. */
function lowEnd(tally: Tally): number {
  let low = 0
  let high = 1
  for (let step = 0; step < 40; step++) {
    const middle = (low + high) / 2
    if (isBelow(tally, middle)) low = middle
    else high = middle
  }
  return low
}

function isBelow(tally: Tally, value: number): boolean {
  return value <= 0 ? votesIn(tally) > tally.losses : logWinnings(tally, value) >= LOG_THRESHOLD
}

/** Logarithm of what a stake, spread evenly over STAKES, has become by betting that the preference is above `value`. */
function logWinnings({ wins, losses, ties }: Tally, value: number): number {
  const logs = STAKES.map(
    (stake) =>
      wins * Math.log1p(stake * (1 / value - 1)) +
      ties * Math.log1p(stake * (0.5 / value - 1)) +
      losses * Math.log1p(-stake),
  )
  const largest = Math.max(...logs)
  return largest + Math.log(logs.reduce((sum, log) => sum + Math.exp(log - largest), 0) / logs.length)
}
