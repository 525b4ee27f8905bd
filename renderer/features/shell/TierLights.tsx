import { Tooltip } from '@mantine/core'
import { useHostStore } from '../../stores/hostStore.ts'
import { useViewStore } from '../../stores/viewStore.ts'
import { TierBadge } from '../../ui/TierBadge.tsx'
import classes from './TierLights.module.css'

/** Which tiers can be called, and whether what they give is real. */
export function TierLights() {
  const tiers = useHostStore((state) => state.tiers)
  const isAllSimulated = tiers.length > 0 && tiers.every((tier) => tier.backend === 'simulated')
  const someSimulated = tiers.some((tier) => tier.backend === 'simulated')
  const openSettings = () => useViewStore.getState().go('settings')
  return (
    <div className={classes.root}>
      {tiers.map((tier) => (
        <button key={tier.name} type="button" className={classes.tier} onClick={openSettings}>
          <TierBadge name={tier.name} tier={tier} />
          <span aria-hidden>{tier.notReady === null ? '✓' : '–'}</span>
          <span className={classes.hidden}>
            {tier.name} is {tier.notReady === null ? 'ready' : 'not ready'}
          </span>
        </button>
      ))}
      {someSimulated && (
        <Tooltip
          label={`${isAllSimulated ? 'All tiers are' : 'Some tiers are'} simulated: no model is called, answers are computed from the text itself, prices are play money. Settings say how to connect real models.`}
        >
          <button type="button" className={classes.simulated} onClick={openSettings}>
            {isAllSimulated ? 'simulated · play money' : 'partly simulated'}
          </button>
        </Tooltip>
      )}
    </div>
  )
}
