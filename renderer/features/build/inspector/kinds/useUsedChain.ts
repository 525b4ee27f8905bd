import { useEffect, useState } from 'react'
import { parseChain } from '../../../../../shared/chainDocument.ts'
import { type Param, paramOf } from '../../../../../shared/param.ts'
import { host } from '../../../../lib/host.ts'

export interface UsedChain {
  readonly description: string | null
  readonly params: Readonly<Record<string, Param>>
}

/** What another chain asks for; null: it is not read yet, or cannot be. */
export function useUsedChain(file: string): UsedChain | null {
  const [read, setRead] = useState<{ readonly file: string; readonly chain: UsedChain | null } | null>(null)
  useEffect(() => {
    let isCurrent = true
    void host.call('chains.read', { file }).then((reply) => {
      if (isCurrent) setRead({ file, chain: reply.ok ? usedChain(reply.value.text) : null })
    })
    return () => {
      isCurrent = false
    }
  }, [file])
  return read?.file === file ? read.chain : null
}

function usedChain(text: string): UsedChain | null {
  const { chain } = parseChain(text)
  if (chain === null) return null
  const params = Object.entries(chain.params ?? {}).map(([name, written]) => [name, paramOf(written)] as const)
  return { description: chain.description ?? null, params: Object.fromEntries(params) }
}
