import { useEffect, useState } from 'react'
import type { Suite } from '../../../../shared/evaluations/suite.ts'
import type { RunPreview } from '../../../../shared/runChange.ts'
import { variantOfTier } from '../../../../shared/variant.ts'
import { host } from '../../../lib/host.ts'
import { useChainStore } from '../../../stores/chainStore.ts'
import { useEvaluationStore } from '../../../stores/evaluationStore.ts'

/** While somebody types, nothing is asked. */
const REST_MS = 300

/** What an evaluation would ask for; null: not known yet, or it cannot be told. Worked out anew after each. */
export function useEvaluationPreview(suite: Suite, variant: string): RunPreview | null {
  const file = useEvaluationStore((state) => state.file)
  const going = useEvaluationStore((state) => state.going)
  const text = useChainStore((state) => state.text)
  const [read, setRead] = useState<{ readonly key: string; readonly preview: RunPreview | null } | null>(null)
  const key = JSON.stringify([file, variant, text, suite, going])
  // biome-ignore lint/correctness/useExhaustiveDependencies: `key` says what is asked
  useEffect(() => {
    if (file === null || going !== null) return
    let isWanted = true
    const timer = setTimeout(() => {
      const request = { text, file, variant: variantOfTier(variant) }
      void host.call('evaluations.preview', { request }).then((reply) => {
        if (isWanted) setRead({ key, preview: reply.ok ? reply.value : null })
      })
    }, REST_MS)
    return () => {
      isWanted = false
      clearTimeout(timer)
    }
  }, [key])
  return read?.key === key ? read.preview : null
}
