import { preference, preferenceInterval, type Tally, votesIn } from './preferenceInterval.ts'
import { isSure, votesToBeSure } from './votesToBeSure.ts'

/** What a duel has come to so far, in words; `names` of the two variants, the tally's first one first. */
export interface DuelVerdict {
  /** `frontier is better: preferred in 61–82 % of cases (95 % sure)`. */
  readonly verdict: string
  /** `about 14 more votes to be sure`; null: nothing to add. */
  readonly outlook: string | null
}

export function duelVerdict(tally: Tally, names: readonly [string, string]): DuelVerdict {
  const share = preference(tally)
  if (share === null) return { verdict: 'No votes yet.', outlook: null }
  const isFirstAhead = tally.wins >= tally.losses
  const seen = isFirstAhead ? tally : { wins: tally.losses, losses: tally.wins, ties: tally.ties }
  const ahead = isFirstAhead ? names[0] : names[1]
  const { low, high } = preferenceInterval(seen)
  const interval = `${percent(low)}–${percent(high)} %`
  if (isSure(seen))
    return { verdict: `${ahead} is better: preferred in ${interval} of all such items (95 % interval).`, outlook: null }
  const pairs = votesIn(tally) === 1 ? '1 pair' : `${votesIn(tally)} pairs`
  const isEven = tally.wins === tally.losses
  const verdict = isEven
    ? `No difference in ${pairs}: each is preferred in ${interval} of all such items (95 % interval).`
    : `${ahead} is ahead, not surely: preferred in ${percent(preference(seen) ?? 0)} % of ${pairs}, ${interval} of all such items (95 % interval).`
  const more = votesToBeSure(tally)
  const outlook =
    more === null
      ? isEven
        ? 'More votes will tell whether there is one.'
        : 'The two are so close that votes will hardly tell them apart.'
      : `About ${more} more ${more === 1 ? 'vote' : 'votes'} to be sure.`
  return { verdict, outlook }
}

function percent(share: number): string {
  return String(Math.round(share * 100))
}
