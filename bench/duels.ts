import { simulateDuels } from '../shared/judging/simulateDuels.ts'

/**
 * How often the duel's 95 % interval holds the true preference, over many true preferences and rates of ties:
 *   node bench/duels.ts [duels]
 * Once where a person looks after each vote and stops as soon as one variant is surely better, at most after 300 votes,
 * and once where they look after 40 votes and no sooner.
 */
const duels = Number(process.argv[2] ?? 2000)
const PREFERENCES = [0.5, 0.55, 0.6, 0.7, 0.8, 0.9, 0.97]
const TIES = [0, 0.1, 0.3, 0.6]

print(
  'true preference',
  'ties',
  'covered, stop when sure',
  'wrong verdict',
  'sure',
  'median votes',
  'covered, 40 votes',
)
let least = 1
for (const preference of PREFERENCES)
  for (const ties of TIES.filter((share) => share <= 2 * Math.min(preference, 1 - preference) + 1e-9)) {
    const seed = Math.round(preference * 1000) * 1000 + Math.round(ties * 100)
    const looking = simulateDuels({ preference, ties, duels, seed, stop: 'sure', mostVotes: 300 })
    const once = simulateDuels({ preference, ties, duels, seed: seed + 7, stop: 'end', mostVotes: 40 })
    least = Math.min(least, looking.covered, once.covered)
    print(
      preference.toFixed(2),
      percent(ties),
      percent(looking.covered),
      percent(looking.wrong),
      percent(looking.sure),
      String(looking.medianVotes),
      percent(once.covered),
    )
  }
print(`covered at the least: ${percent(least)} (must be 93.0 % or more)`)
if (least < 0.93) process.exitCode = 1

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}

function print(...cells: readonly string[]): void {
  process.stdout.write(`${cells.join(' | ')}\n`)
}
