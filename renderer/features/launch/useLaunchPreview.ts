import type { SourcePreview } from '../../../shared/item.ts'
import type { LaunchOptions } from '../../../shared/run.ts'
import { useChainStore } from '../../stores/chainStore.ts'
import { useHostStore } from '../../stores/hostStore.ts'
import { useRunStore } from '../../stores/runStore.ts'
import { type PreviewState, useRunPreview } from '../../ui/useRunPreview.ts'
import { previewedOptions } from './launchDraft.ts'

/**
 * What the launch would ask for; null: it cannot be launched now. Worked out anew when what it depends on is another: the
 * chain, these options, the items, the tiers, and what memory holds.
 */
export function useLaunchPreview(
  options: LaunchOptions | null,
  items: SourcePreview | null,
  /** What memory holds may be more with another one. */
  estimate: string,
): PreviewState {
  const text = useChainStore((state) => state.text)
  const tiers = useHostStore((state) => state.tiers)
  const memory = useRunStore(({ runs }) => runs.map(({ run, state }) => `${run} ${state.status}`)[0] ?? '')
  const runUsd = useHostStore((state) => state.budgets?.runUsd ?? null)
  const hasBudget = (options?.budgetUsd ?? runUsd) !== null
  const what =
    options === null ? null : { kind: 'launch' as const, text, options: previewedOptions(options, hasBudget) }
  return useRunPreview(what, [memory, numberOf(tiers), numberOf(items), estimate].join(' '))
}

const numbers = new WeakMap<object, number>()
let count = 0

/** Another one for each reading of the same thing. */
function numberOf(read: object | null): number {
  if (read === null) return 0
  const number = numbers.get(read) ?? ++count
  numbers.set(read, number)
  return number
}
