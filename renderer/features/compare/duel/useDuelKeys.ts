import { type HotkeyItem, useHotkeys } from '@mantine/hooks'
import type { Winner } from '../../../../shared/judging/vote.ts'

interface DuelKeys {
  /** false: something else has the keys. */
  readonly isOn: boolean
  vote(winner: Winner): void
  undo(): void
  reveal(): void
}

/** Keys of the duel. */
export function useDuelKeys({ isOn, vote, undo, reveal }: DuelKeys): void {
  const keys: HotkeyItem[] = [
    ['ArrowLeft', () => vote('left')],
    ['ArrowRight', () => vote('right')],
    ['ArrowUp', () => vote('tie')],
    ['ArrowDown', () => vote('bothBad')],
    ['U', undo],
    ['H', reveal],
  ]
  useHotkeys(isOn ? keys : [])
}
