import type { Stage } from '../../../shared/stages.ts'
import { allStages } from '../../../shared/stageTree.ts'
import { drawnTier } from '../../lib/drawnTier.ts'
import { useWorkerStore } from '../../stores/workerStore.ts'
import classes from './StageColumn.module.css'
import { TierOverride } from './TierOverride.tsx'

interface InnerTiersProps {
  readonly map: string
  readonly stages: { readonly [id: string]: Stage }
}

/** The tiers of the model stages inside a map, at any depth, for this try. */
export function InnerTiers({ map, stages }: InnerTiersProps) {
  const workers = useWorkerStore((state) => state.workers)
  const models = allStages({ stages }).flatMap(({ id, stage }) => {
    const tier = drawnTier(stage, workers)
    return tier === null ? [] : [{ id, tier }]
  })
  if (models.length === 0) return null
  return (
    <fieldset className={classes.inner}>
      <legend className={classes.legend}>Tiers inside {map}</legend>
      {models.map(({ id, tier }) => (
        <div key={id} className={classes.innerTier}>
          <span className="mono truncate">{id}</span>
          <TierOverride stage={id} drawn={tier} />
        </div>
      ))}
    </fieldset>
  )
}
