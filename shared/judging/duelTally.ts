import { assertNever } from '../assertNever.ts'
import type { DuelPairs } from './duelPairs.ts'
import { type Agreement, agreement } from './kappa.ts'
import type { Tally } from './preferenceInterval.ts'
import type { Vote } from './vote.ts'

/** What is counted: votes on outputs of `stage` (null: of the whole chain) by these two. */
export interface DuelScope {
  readonly variants: readonly [string, string]
  readonly stage: string | null
  /** What both have made now: a vote on an output that has become another one does not count any more. */
  readonly pairs: DuelPairs
}

/** How the first of two variants has fared in the votes of one judge (null: of the person). Pairs that are the same are ties. */
export function duelTally(votes: readonly Vote[], { variants, stage, pairs }: DuelScope, judge: string | null): Tally {
  const counted = votesOf(votes, { variants, stage, pairs }, judge).map((vote) => verdictOf(vote, variants[0]))
  const count = (verdict: Verdict) => counted.filter((one) => one === verdict).length
  return { wins: count('first'), losses: count('second'), ties: count('tie') + pairs.same }
}

/** How far a model agrees with the person, on the pairs that both have judged. */
export function judgeAgreement(votes: readonly Vote[], duel: DuelScope, judge: string): Agreement {
  const byPerson = new Map(votesOf(votes, duel, null).map((vote) => [vote.pair, vote]))
  return agreement(
    votesOf(votes, duel, judge).flatMap((vote) => {
      const other = byPerson.get(vote.pair)
      const [first] = duel.variants
      return other === undefined ? [] : [[verdictOf(other, first), verdictOf(vote, first)] as const]
    }),
  )
}

/** Votes of one judge in a duel: those on what both have made now, and on items that are not among these. */
export function votesOf<V extends Vote>(
  votes: readonly V[],
  { variants, stage, pairs }: DuelScope,
  judge: string | null,
): readonly V[] {
  const now = new Set(pairs.pairs.map(({ id }) => id))
  const items = new Set(pairs.items)
  return votes.filter(
    (vote) =>
      vote.judge === judge &&
      vote.stage === stage &&
      variants.includes(vote.left) &&
      variants.includes(vote.right) &&
      (now.has(vote.pair) || !items.has(vote.item)),
  )
}

type Verdict = 'first' | 'second' | 'tie'

function verdictOf({ winner, left, right }: Vote, first: string): Verdict {
  switch (winner) {
    case 'left':
      return left === first ? 'first' : 'second'
    case 'right':
      return right === first ? 'first' : 'second'
    case 'tie':
    case 'bothBad':
      return 'tie'
    default:
      return assertNever(winner)
  }
}
