import { DEFAULT_TIER, type Stage } from '../../../shared/stages.ts'
import type { StageTrace } from '../../../shared/trace.ts'
import { useHostStore } from '../../stores/hostStore.ts'
import { StateGlyph } from '../../ui/StateGlyph.tsx'
import { StageTraceCard } from '../../ui/trace/StageTraceCard.tsx'
import { isSimulated } from './isSimulated.ts'
import classes from './StageColumn.module.css'
import { TierOverride } from './TierOverride.tsx'

interface StageColumnProps {
  readonly id: string
  readonly stage: Stage
  /** null: not tried yet. */
  readonly trace: StageTrace | null
  readonly isRunning: boolean
}

/** One stage of the try: its tier for this try, and what it did. */
export function StageColumn({ id, stage, trace, isRunning }: StageColumnProps) {
  const tiers = useHostStore((state) => state.tiers)
  const aside = stage.kind === 'model' ? <TierOverride stage={id} drawn={stage.tier ?? DEFAULT_TIER} /> : undefined
  if (trace !== null)
    return (
      <div>
        <StageTraceCard
          trace={trace}
          tiers={tiers}
          simulated={isSimulated(trace, tiers)}
          aside={aside ?? null}
          isPromptOpen
        />
      </div>
    )
  return (
    <div>
      <article className={classes.root} aria-label={`Stage ${id}`}>
        <header className={classes.head}>
          <StateGlyph state="waiting" />
          <h2 className={classes.name}>{id}</h2>
          {aside}
        </header>
        <p className={classes.text}>
          {isRunning ? 'Waits for its turn.' : 'Not tried yet: its prompt, its output and its cost will stand here.'}
        </p>
        {stage.note !== undefined && <p className={classes.text}>{stage.note}</p>}
      </article>
    </div>
  )
}
