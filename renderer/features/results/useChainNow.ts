import { useEffect, useState } from 'react'
import { host } from '../../lib/host.ts'
import { useChainStore } from '../../stores/chainStore.ts'
import { useHostStore } from '../../stores/hostStore.ts'

/** The text of a chain file as it is now, with what was typed in Build a moment ago; null: not read yet, or there is none. */
export function useChainNow(file: string | null): string | null {
  const open = useChainStore((state) => (state.file !== null && state.file === file ? state.text : null))
  // Another list: some file was written.
  const chains = useHostStore((state) => state.chains)
  const [read, setRead] = useState<{ readonly file: string; readonly text: string } | null>(null)
  const isWanted = open === null && file !== null
  // biome-ignore lint/correctness/useExhaustiveDependencies: another list of chains says that the file may be another one
  useEffect(() => {
    if (!isWanted) return
    let isCurrent = true
    void host.call('chains.read', { file }).then((reply) => {
      // A file that was taken away is nothing to tell: there is no chain as it is now.
      if (isCurrent) setRead(reply.ok ? { file, text: reply.value.text } : null)
    })
    return () => {
      isCurrent = false
    }
  }, [file, isWanted, chains])
  return open ?? (read !== null && read.file === file ? read.text : null)
}
