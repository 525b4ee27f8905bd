import { Button } from '@mantine/core'
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react'
import { Fragment, useState } from 'react'
import { DEFAULT_MARGIN } from '../../../shared/compare/quality.ts'
import { changedStages, type Recommendation, recommendationEdits } from '../../../shared/compare/recommendTiers.ts'
import { percent } from '../../../shared/compare/share.ts'
import { formatUsd } from '../../../shared/format.ts'
import { useChainStore } from '../../stores/chainStore.ts'
import { useHostStore } from '../../stores/hostStore.ts'
import { TierBadge } from '../../ui/TierBadge.tsx'
import classes from './RecommendationCard.module.css'
import type { Compared } from './useCompared.ts'

/** What to take for each stage, what that would cost, and why; one click writes it into the chain. */
export function RecommendationCard({ compared }: { readonly compared: Compared }) {
  const { comparison, advice, recommendation, simulated, base } = compared
  const [isOpen, setIsOpen] = useState(false)
  const [applied, setApplied] = useState<string | null>(null)
  const text = useChainStore((state) => state.text)
  const chain = useChainStore((state) => state.good?.chain ?? null)
  if (advice === null || comparison.state.status === 'running') return null
  const edits = chain === null || recommendation === null ? [] : recommendationEdits(chain, recommendation)
  const apply = () => {
    useChainStore.getState().edit(edits, 'Take the recommended tiers')
    setApplied(useChainStore.getState().text)
  }
  // Until the chain is changed further.
  const isApplied = applied === text
  return (
    <section className={classes.root} aria-label="Recommendation">
      <div className={classes.head}>
        <div className={classes.what}>
          <strong className={classes.title}>Recommendation</strong>
          {recommendation === null ? (
            <span>
              {advice.variant} <span className="quiet">{advice.why}</span>
            </span>
          ) : (
            <>
              <StageTiers recommendation={recommendation} />
              <span className={classes.cost}>{costText(recommendation, simulated)}</span>
            </>
          )}
        </div>
        {recommendation !== null && (
          <div className={classes.actions}>
            <Button
              size="compact-sm"
              variant="subtle"
              aria-expanded={isOpen}
              rightSection={isOpen ? <IconChevronDown size={14} /> : <IconChevronUp size={14} />}
              onClick={() => setIsOpen(!isOpen)}
            >
              Why
            </Button>
            {isApplied ? (
              <>
                <span>In the chain now</span>
                <Button onClick={() => useChainStore.getState().undo()}>Undo</Button>
              </>
            ) : edits.length > 0 ? (
              <Button onClick={apply}>Apply</Button>
            ) : (
              <span className="quiet">The chain is so already</span>
            )}
          </div>
        )}
      </div>
      {isOpen && recommendation !== null && (
        <div className={classes.why}>
          <dl className={classes.reasons}>
            {recommendation.stages.map(({ stage, why }) => (
              <Fragment key={stage}>
                <dt className="mono">{stage}</dt>
                <dd>{why}</dd>
              </Fragment>
            ))}
          </dl>
          <p className="quiet">
            The cheapest tier whose answers agree with {base} in all but {percent(DEFAULT_MARGIN.seen)} % of the items,
            and for which more than {percent(DEFAULT_MARGIN.atWorst)} % of disagreement can be ruled out (95 %). As a
            whole: {advice.variant}. {advice.why}
          </p>
        </div>
      )}
    </section>
  )
}

function StageTiers({ recommendation }: { readonly recommendation: Recommendation }) {
  const tiers = useHostStore((state) => state.tiers)
  const changed = new Set(changedStages(recommendation))
  const named = (name: string) => tiers.find((tier) => tier.name === name) ?? null
  return (
    <ul className={classes.stages}>
      {recommendation.stages.map((advice) => (
        <li key={advice.stage} className={classes.stage}>
          <span className={changed.has(advice) ? undefined : 'quiet'}>{advice.stage} →</span>
          <TierBadge name={advice.tier} tier={named(advice.tier)} withName />
          {advice.escalate !== null && (
            <>
              <span className="quiet">, invalid →</span>
              <TierBadge name={advice.escalate} tier={named(advice.escalate)} withName />
            </>
          )}
        </li>
      ))}
    </ul>
  )
}

/** `$0.21 per 1,000, now $3.10 (−93 %)` */
function costText({ costMicrosPer1000: then, nowMicrosPer1000: now }: Recommendation, simulated: boolean): string {
  const money = simulated ? ' play money' : ''
  if (then === null) return 'price unknown'
  const price = `${formatUsd(then)}${money} per 1,000`
  if (now === null || now === then) return price
  const change = now === 0 ? '' : ` (${then < now ? '−' : '+'}${Math.abs(Math.round((1 - then / now) * 100))} %)`
  return `${price}, now ${formatUsd(now)}${change}`
}
