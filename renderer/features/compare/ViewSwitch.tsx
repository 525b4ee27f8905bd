import { SegmentedControl } from '@mantine/core'
import { COMPARE_VIEWS, type CompareView, useCompareViewStore } from './compareViewStore.ts'

const VIEW_WORDS: Readonly<Record<CompareView, string>> = {
  matrix: 'Matrix',
  duel: 'Blind duel',
  picture: 'Cost and quality',
  evaluations: 'Evaluations',
}

/** How the chain is looked at here. */
export function ViewSwitch() {
  const view = useCompareViewStore((state) => state.view)
  return (
    <SegmentedControl
      aria-label="View"
      size="xs"
      data={COMPARE_VIEWS.map((value) => ({ value, label: VIEW_WORDS[value] }))}
      value={view}
      onChange={(value) => useCompareViewStore.getState().set({ view: value })}
    />
  )
}
