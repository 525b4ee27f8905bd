import { type HotkeyItem, useHotkeys } from '@mantine/hooks'
import { useChainStore } from '../../stores/chainStore.ts'
import { documentOnScreen } from '../../stores/documentOnScreen.ts'
import { selectCurrentRun, useRunStore } from '../../stores/runStore.ts'
import { useViewStore } from '../../stores/viewStore.ts'
import { BESIDE, notReady, STEPS } from './steps.ts'

/** Keys that work on every screen. Those of a screen stand in its feature; `ShortcutsSheet` lists both. */
export function useGlobalKeys(): void {
  // Everywhere, also while typing.
  useHotkeys(
    [
      ...[...STEPS, ...BESIDE].flatMap(({ screen, digit }): HotkeyItem[] => [
        [`mod+${digit}`, () => openStep(screen)],
        [`alt+${digit}`, () => openStep(screen)],
      ]),
      ['mod+S', () => documentOnScreen().save()],
      ['mod+,', () => useViewStore.getState().go('settings')],
    ],
    [],
    true,
  )
  // A text field undoes its own typing, and a question mark in it is a question mark.
  useHotkeys([
    ['mod+Z', () => documentOnScreen().undo()],
    ['mod+shift+Z', () => documentOnScreen().redo()],
    ['mod+Y', () => documentOnScreen().redo()],
    ['shift+?', () => useViewStore.getState().showDialog('shortcuts')],
  ])
}

function openStep(screen: (typeof STEPS)[number]['screen']): void {
  const { openRun, go, showRun } = useViewStore.getState()
  const run = openRun ?? selectCurrentRun(useRunStore.getState())?.run ?? null
  if (notReady(screen, { hasChain: useChainStore.getState().file !== null, hasRun: run !== null }) !== null) return
  if (screen === 'run' && run !== null) showRun(run)
  else go(screen)
}
