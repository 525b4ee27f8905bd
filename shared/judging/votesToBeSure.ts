import { isRuledOut, type Tally } from './preferenceInterval.ts'

/** Beyond this nobody votes: the two are as good as each other for all that matters. */
const MOST_VOTES = 2000

/**
 * How many more votes are to be expected until the interval of the preference leaves one half, were they to fall as
 * those so far. 0: it has. null: it is not to be expected, as no side is ahead or by too little.
 */
export function votesToBeSure(tally: Tally): number | null {
  if (isSure(tally)) return 0
  if (tally.wins === tally.losses) return null
  if (!isSure(after(tally, MOST_VOTES))) return null
  let unsure = 0
  let sure = MOST_VOTES
  while (sure - unsure > 1) {
    const middle = Math.floor((unsure + sure) / 2)
    if (isSure(after(tally, middle))) sure = middle
    else unsure = middle
  }
  return sure
}

/** The interval lies on one side of one half: one variant is the better one. */
export function isSure(tally: Tally): boolean {
  return isRuledOut(tally, 0.5)
}

function after({ wins, losses, ties }: Tally, votes: number): Tally {
  const factor = 1 + votes / (wins + losses + ties)
  return { wins: wins * factor, losses: losses * factor, ties: ties * factor }
}
