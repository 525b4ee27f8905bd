import { Tooltip } from '@mantine/core'
import { useEffect, useState } from 'react'
import { formatCount } from '../../../../shared/format.ts'
import type { CanaryState } from '../../../../shared/run.ts'
import { StateSign } from '../../../ui/StateGlyph.tsx'
import classes from './CanaryMark.module.css'

const SHOWN_AFTER_MS = 30_000

/** The handful that goes first; for a while also that it went well. */
export function CanaryMark({ canary }: { readonly canary: CanaryState | null }) {
  const hasJustPassed = useJustPassed(canary?.status ?? null)
  if (canary?.status === 'running')
    return (
      <Tooltip label="Items of different sizes go first. Where half of them fail the run stands still, before the rest has cost anything.">
        <span className={classes.root} role="status">
          Canary {formatCount(canary.done)} of {formatCount(canary.items)}: the rest waits
        </span>
      </Tooltip>
    )
  if (canary === null || !hasJustPassed) return null
  return (
    <span className={classes.passed} role="status">
      <StateSign state="succeeded" /> Canary passed
    </span>
  )
}

function useJustPassed(status: CanaryState['status'] | null): boolean {
  const [before, setBefore] = useState(status)
  const [isFresh, setFresh] = useState(false)
  if (status !== before) {
    setBefore(status)
    setFresh(before === 'running' && status === 'passed')
  }
  useEffect(() => {
    if (!isFresh) return
    const timer = setTimeout(() => setFresh(false), SHOWN_AFTER_MS)
    return () => clearTimeout(timer)
  }, [isFresh])
  return isFresh
}
