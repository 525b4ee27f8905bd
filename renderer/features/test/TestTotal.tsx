import { formatDuration } from '../../../shared/format.ts'
import type { ItemTrace } from '../../../shared/trace.ts'
import { useHostStore } from '../../stores/hostStore.ts'
import { Money } from '../../ui/Money.tsx'
import { StateGlyph } from '../../ui/StateGlyph.tsx'
import { TokenCount } from '../../ui/trace/TokenCount.tsx'
import { isSimulated } from './isSimulated.ts'
import classes from './TestTotal.module.css'

/** The sum of the try, under its columns. */
export function TestTotal({ trace }: { readonly trace: ItemTrace | null }) {
  const tiers = useHostStore((state) => state.tiers)
  if (trace === null) return null
  const attempts = trace.stages.flatMap((stage) => stage.attempts)
  const unpricedCalls = attempts.filter((attempt) => attempt.usage !== null && attempt.costMicros === null).length
  return (
    <section className={classes.root} aria-label="Total">
      <StateGlyph state={trace.status} withWord />
      {trace.latencyMs > 0 && (
        <>
          <span>{formatDuration(trace.latencyMs)}</span>
          <TokenCount usage={trace.usage} />
          <Money
            micros={unpricedCalls > 0 && trace.costMicros === 0 ? null : trace.costMicros}
            simulated={isSimulated({ attempts }, tiers)}
            unpricedCalls={unpricedCalls}
          />
        </>
      )}
      <span>
        {attempts.length} {attempts.length === 1 ? 'call' : 'calls'}
      </span>
    </section>
  )
}
