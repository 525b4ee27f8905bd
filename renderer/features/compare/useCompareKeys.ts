import { useHotkeys } from '@mantine/hooks'
import { startIfReady } from './CompareRun.tsx'
import { COMPARE_VIEWS, useCompareViewStore } from './compareViewStore.ts'

/** Keys of the Compare screen; the matrix itself takes arrows, Enter and B. */
export function useCompareKeys(): void {
  useHotkeys(
    [
      ['mod+Enter', () => startIfReady()],
      ['mod+shift+Enter', () => startIfReady({ memory: false })],
    ],
    [],
    true,
  )
  const { set } = useCompareViewStore.getState()
  useHotkeys([
    ['X', () => set({ showsDiff: !useCompareViewStore.getState().showsDiff })],
    ['F', () => set({ filter: useCompareViewStore.getState().filter === 'differ' ? 'all' : 'differ' })],
    ['V', () => set({ view: nextView() })],
    ['Escape', () => set({ open: null })],
  ])
}

function nextView() {
  const at = COMPARE_VIEWS.indexOf(useCompareViewStore.getState().view)
  return COMPARE_VIEWS[(at + 1) % COMPARE_VIEWS.length] ?? 'matrix'
}
