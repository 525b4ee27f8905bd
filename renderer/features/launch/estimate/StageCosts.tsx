import type { MixEstimate } from '../../../../shared/estimate.ts'
import { formatDuration, formatTokens, formatUsd } from '../../../../shared/format.ts'
import { useHostStore } from '../../../stores/hostStore.ts'
import { TierBadge } from '../../../ui/TierBadge.tsx'
import classes from './StageCosts.module.css'

/** Stage by stage: its tier, calls, tokens, cost and its share of it all. */
export function StageCosts({ mix }: { readonly mix: MixEstimate }) {
  const tiers = useHostStore((state) => state.tiers)
  const total = mix.stages.reduce((sum, { costMicros }) => sum + (costMicros?.p50 ?? 0), 0)
  return (
    <table className={classes.table} aria-label="By stage">
      <thead>
        <tr>
          <th>Stage</th>
          <th>Tier</th>
          <th className={classes.number}>Tokens</th>
          <th className={classes.number}>A call</th>
          <th className={classes.number}>Cost</th>
          <th>
            <span className={classes.words}>Share</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {mix.stages.map((stage) => {
          const share = total === 0 ? 0 : (stage.costMicros?.p50 ?? 0) / total
          const perCall = stage.calls.p50 === 0 ? 0 : stage.latencyMs.p50 / stage.calls.p50
          return (
            <tr key={stage.id}>
              <th scope="row" className="mono">
                {stage.id}
              </th>
              <td>
                <TierBadge name={stage.tier} tier={tiers.find(({ name }) => name === stage.tier) ?? null} withName />
              </td>
              <td className={classes.number}>
                {formatTokens(Math.round(stage.inputTokens.p50))} → {formatTokens(Math.round(stage.outputTokens.p50))}
              </td>
              <td className={classes.number}>{formatDuration(perCall)}</td>
              <td className={classes.number}>
                {stage.costMicros === null ? 'unknown' : formatUsd(stage.costMicros.p50)}
              </td>
              <td className={classes.share}>
                <span className={classes.bar} style={{ width: `${Math.round(share * 100)}%` }} aria-hidden />
                <span className={classes.percent}>{Math.round(share * 100)} %</span>
              </td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
