import type { Stage, StageKind } from '../../../shared/stages.ts'
import type { StageTrace } from '../../../shared/trace.ts'
import { drawnTier } from '../../lib/drawnTier.ts'
import { useHostStore } from '../../stores/hostStore.ts'
import { useWorkerStore } from '../../stores/workerStore.ts'
import { StateGlyph } from '../../ui/StateGlyph.tsx'
import { StageTraceCard } from '../../ui/trace/StageTraceCard.tsx'
import { allAttempts } from './allAttempts.ts'
import { InnerTiers } from './InnerTiers.tsx'
import { isSimulated } from './isSimulated.ts'
import classes from './StageColumn.module.css'
import { TierOverride } from './TierOverride.tsx'

interface StageColumnProps {
  readonly id: string
  readonly stage: Stage
  /** null: not tried yet, or not reached. */
  readonly trace: StageTrace | null
  readonly progress: 'none' | 'running' | 'done'
}

/** One stage of the try: its tier for this try, and what it did. */
export function StageColumn({ id, stage, trace, progress }: StageColumnProps) {
  const tiers = useHostStore((state) => state.tiers)
  const workers = useWorkerStore((state) => state.workers)
  const tier = drawnTier(stage, workers)
  const aside = tier === null ? null : <TierOverride stage={id} drawn={tier} />
  return (
    <div className={classes.column}>
      {trace === null ? (
        <article className={classes.root} aria-label={`Stage ${id}`}>
          <header className={classes.head}>
            <StateGlyph state={progress === 'done' ? 'skipped' : 'waiting'} />
            <h2 className={classes.name}>{id}</h2>
            {aside}
          </header>
          <p className={classes.text}>{textOf(progress, stage.kind)}</p>
          {stage.note !== undefined && <p className={classes.text}>{stage.note}</p>}
        </article>
      ) : (
        <StageTraceCard
          trace={trace}
          tiers={tiers}
          simulated={isSimulated(allAttempts([trace]), tiers)}
          aside={aside}
          isPromptOpen
        />
      )}
      {stage.kind === 'map' && <InnerTiers map={id} stages={stage.stages} />}
    </div>
  )
}

const WHAT_COMES: Readonly<Record<StageKind, string>> = {
  model: 'its prompt, its output and its cost',
  transform: 'its value',
  chunk: 'the pieces of the text',
  map: 'each element with what its stages made of it',
  gather: 'what the item brings into its group',
  fetch: 'what the server answers',
  chain: 'what the other chain gives, stage by stage',
}

function textOf(progress: StageColumnProps['progress'], kind: StageKind): string {
  if (progress === 'running') return 'Waits for its turn.'
  if (progress === 'done') return 'The item did not get this far.'
  return `Not tried yet: ${WHAT_COMES[kind]} will stand here.`
}
