import { isRuledOut, type Tally, votesIn } from './preferenceInterval.ts'
import { seededRandom } from './seededRandom.ts'
import { isSure } from './votesToBeSure.ts'

/** Duels whose truth is known, to see how often the interval holds it. */
export interface SimulatedDuels {
  /** 0 to 1: wins and half the ties. */
  readonly preference: number
  /** Share of votes that are ties; at most twice the smaller of the preference and its rest. */
  readonly ties: number
  readonly duels: number
  readonly seed: number
  /** `sure`: after each vote one looks, and stops where one is sure; `end`: one look, at the last vote. */
  readonly stop: 'sure' | 'end'
  readonly mostVotes: number
}

export interface Coverage {
  /** Share of duels whose interval held the true preference when they ended. */
  readonly covered: number
  /** Share in which the wrong variant was said to be the better one, or either where there is no difference. */
  readonly wrong: number
  /** Share that ended sure of something. */
  readonly sure: number
  /** Votes of a duel in the middle. */
  readonly medianVotes: number
}

export function simulateDuels(simulated: SimulatedDuels): Coverage {
  const random = seededRandom(simulated.seed)
  const ends = Array.from({ length: simulated.duels }, () => endOfDuel(simulated, random))
  const share = (isCounted: (tally: Tally) => boolean) => ends.filter(isCounted).length / ends.length
  return {
    covered: share((tally) => !isRuledOut(tally, simulated.preference)),
    wrong: share((tally) => isSure(tally) && (tally.wins - tally.losses) * (simulated.preference - 0.5) <= 0),
    sure: share(isSure),
    medianVotes: ends.map(votesIn).sort((a, b) => a - b)[Math.floor(ends.length / 2)] ?? 0,
  }
}

function endOfDuel({ preference, ties, stop, mostVotes }: SimulatedDuels, random: () => number): Tally {
  const winShare = preference - ties / 2
  let tally: Tally = { wins: 0, losses: 0, ties: 0 }
  while (votesIn(tally) < mostVotes) {
    const dice = random()
    if (dice < winShare) tally = { ...tally, wins: tally.wins + 1 }
    else if (dice < winShare + ties) tally = { ...tally, ties: tally.ties + 1 }
    else tally = { ...tally, losses: tally.losses + 1 }
    if (stop === 'sure' && isSure(tally)) break
  }
  return tally
}
