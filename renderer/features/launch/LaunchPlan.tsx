import { Anchor, Skeleton } from '@mantine/core'
import type { ApiError } from '../../../shared/api.ts'
import type { Chain } from '../../../shared/chain.ts'
import { useHostStore } from '../../stores/hostStore.ts'
import { useViewStore } from '../../stores/viewStore.ts'
import { useWorkerStore } from '../../stores/workerStore.ts'
import { RunPreviewText } from '../../ui/RunPreviewText.tsx'
import { StateGlyph } from '../../ui/StateGlyph.tsx'
import type { PreviewState } from '../../ui/useRunPreview.ts'
import { budgetWarning } from './budgetWarning.ts'
import classes from './LaunchScreen.module.css'
import { type LaunchDraft, stageTiers } from './launchDraft.ts'

interface LaunchPlanProps {
  readonly chain: Chain
  readonly draft: LaunchDraft
  readonly plan: PreviewState
  /** Nobody knows how many items will come. */
  readonly grows: boolean
}

/** What the launch will ask for, what of it is real money, and whether a budget will stop it on the way. */
export function LaunchPlan({ chain, draft, plan, grows }: LaunchPlanProps) {
  const tiers = useHostStore((state) => state.tiers)
  const budgets = useHostStore((state) => state.budgets)
  const workers = useWorkerStore((state) => state.workers)
  const used = stageTiers(draft, chain, workers)
  const isSimulated = (name: string): boolean => tiers.find((tier) => tier.name === name)?.backend === 'simulated'
  const simulated = used.filter(({ tier }) => isSimulated(tier))
  if (used.length === 0) return 'No stage calls a model: this costs nothing.'
  const warning = plan.status === 'ready' ? budgetWarning(plan.preview, draft.budgetUsd, budgets) : null
  return (
    <>
      <span className={classes.plan} aria-live="polite">
        {plan.status === 'ready' ? (
          <RunPreviewText preview={plan.preview} />
        ) : plan.status === 'loading' ? (
          <Skeleton width={240} height={12} my={4} radius="xs" role="img" aria-label="Working out what it asks for" />
        ) : plan.status === 'failed' ? (
          whyNot(plan.error)
        ) : grows ? (
          'Asks for each item as it comes.'
        ) : null}
      </span>
      {warning !== null && (
        <span className={classes.warning}>
          <StateGlyph state="held" />
          {warning.text}
          {warning.budget === 'day' && (
            <Anchor
              component="button"
              type="button"
              fz="inherit"
              onClick={() => useViewStore.getState().go('settings')}
            >
              Settings
            </Anchor>
          )}
        </span>
      )}
      {simulated.length === used.length
        ? 'All tiers are simulated: no model is called.'
        : simulated.length > 0 &&
          `${simulated.map(({ stage }) => stage).join(', ')} simulated: play money. The other stages call real models.`}
    </>
  )
}

function whyNot({ message, problems = [] }: ApiError): string {
  return problems.length === 0 ? message : problems.map((problem) => problem.message).join(' ')
}
