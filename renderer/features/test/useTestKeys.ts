import { useHotkeys } from '@mantine/hooks'
import { hasErrors } from '../../../shared/chainDocument.ts'
import { useChainStore } from '../../stores/chainStore.ts'
import { useTestStore } from '../../stores/testStore.ts'

/** Keys of the Test screen. */
export function useTestKeys(): void {
  useHotkeys(
    [
      ['mod+Enter', () => startIfReady()],
      ['mod+shift+Enter', () => startIfReady({ memory: false })],
    ],
    [],
    true,
  )
  useHotkeys([
    ['ArrowLeft', () => stepItem(-1)],
    ['ArrowRight', () => stepItem(1)],
  ])
}

/** Goes on to the next or back to the previous item of the source, where there is one. */
export function stepItem(by: 1 | -1): void {
  const { items, choice, choose } = useTestStore.getState()
  if (items.status !== 'ready' || choice.kind !== 'item') return
  const next = choice.index + by
  if (next >= 0 && next < items.preview.items.length) choose(next)
}

function startIfReady(how: { readonly memory?: boolean } = {}): void {
  if (!hasErrors(useChainStore.getState().parsed.problems)) void useTestStore.getState().start(how)
}
