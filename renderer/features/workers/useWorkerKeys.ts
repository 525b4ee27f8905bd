import { useHotkeys } from '@mantine/hooks'
import { tryWorker } from './tryWorker.ts'

/** Keys of the Workers screen. Saving and undo are keys of every screen: features/shell/useGlobalKeys.ts. */
export function useWorkerKeys(file: string): void {
  // Everywhere, also while typing.
  useHotkeys([['mod+Enter', () => void tryWorker(file)]], [], true)
}
