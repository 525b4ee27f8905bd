import { formatDuration } from '../../../shared/format.ts'
import type { ItemTrace } from '../../../shared/trace.ts'
import { addUsage, NO_USAGE } from '../../../shared/usage.ts'
import { useHostStore } from '../../stores/hostStore.ts'
import type { GroupTraces } from '../../stores/testStore.ts'
import { Money } from '../../ui/Money.tsx'
import { StateGlyph } from '../../ui/StateGlyph.tsx'
import { TokenCount } from '../../ui/trace/TokenCount.tsx'
import { allAttempts } from './allAttempts.ts'
import { isSimulated } from './isSimulated.ts'
import classes from './TestTotal.module.css'

interface TestTotalProps {
  readonly trace: ItemTrace | null
  readonly groups: GroupTraces
}

/** The sum of the try over all lanes, under its columns. */
export function TestTotal({ trace, groups }: TestTotalProps) {
  const tiers = useHostStore((state) => state.tiers)
  if (trace === null) return null
  const lanes = [trace, ...groups]
  const attempts = allAttempts(lanes.flatMap(({ stages }) => stages))
  const unpricedCalls = attempts.filter((attempt) => attempt.usage !== null && attempt.costMicros === null).length
  const latencyMs = lanes.reduce((sum, lane) => sum + lane.latencyMs, 0)
  const costMicros = lanes.reduce((sum, lane) => sum + lane.costMicros, 0)
  return (
    <section className={classes.root} aria-label="Total">
      <StateGlyph state={lanes.at(-1)?.status ?? trace.status} withWord />
      {latencyMs > 0 && (
        <>
          <span>{formatDuration(latencyMs)}</span>
          <TokenCount usage={lanes.reduce((sum, lane) => addUsage(sum, lane.usage), NO_USAGE)} />
          <Money
            micros={unpricedCalls > 0 && costMicros === 0 ? null : costMicros}
            simulated={isSimulated(attempts, tiers)}
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
