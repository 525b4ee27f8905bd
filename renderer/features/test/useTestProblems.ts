import type { Problem } from '../../../shared/problem.ts'
import { problemsWithTiers } from '../../lib/problemsWithTiers.ts'
import { useChainStore } from '../../stores/chainStore.ts'
import { useHostStore } from '../../stores/hostStore.ts'
import { useTestStore } from '../../stores/testStore.ts'

/** What stands against trying the chain with the tiers that are chosen for this screen. */
export function useTestProblems(): readonly Problem[] {
  const problems = useChainStore((state) => state.parsed.problems)
  const chosen = useTestStore((state) => state.tiers)
  const tiers = useHostStore((state) => state.tiers)
  return problemsWithTiers(problems, chosen, tiers)
}
