import type { RunSummary } from '../../../../shared/run.ts'
import type { FailureCause } from '../../../../shared/runChange.ts'
import { useChainStore } from '../../../stores/chainStore.ts'
import { useViewStore } from '../../../stores/viewStore.ts'
import type { RunScreenActions } from '../runPart.ts'

/** Where a fix is made that only the person can make. */
export function placeText({ fix, stage }: FailureCause): string {
  if (fix.place === 'settings') return 'Open Settings'
  if (fix.place === 'items') return 'Look at one of them'
  return stage === null ? 'Edit the output in Build' : `Edit ${stage} in Build`
}

export async function goToFix(summary: RunSummary, cause: FailureCause, actions: RunScreenActions): Promise<void> {
  const { fix, stage, example, lane } = cause
  const { go, select } = useViewStore.getState()
  if (fix.place === 'settings') return go('settings')
  if (fix.place === 'items' || summary.chainFile === null) return actions.openItem(example.index, lane)
  const { file, open } = useChainStore.getState()
  if (file !== summary.chainFile && !(await open(summary.chainFile))) return
  go('build')
  select([stage ?? 'output'])
}
