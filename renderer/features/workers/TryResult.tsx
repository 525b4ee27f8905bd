import { IconCircleCheck } from '@tabler/icons-react'
import type { StageTrace } from '../../../shared/trace.ts'
import { useHostStore } from '../../stores/hostStore.ts'
import type { WorkerTry } from '../../stores/workerTestStore.ts'
import { ApiErrorNotice } from '../../ui/ApiErrorNotice.tsx'
import { ScreenLoading } from '../../ui/ScreenLoading.tsx'
import { StageTraceCard } from '../../ui/trace/StageTraceCard.tsx'
import classes from './WorkerTry.module.css'

interface TryResultProps {
  readonly last: WorkerTry
  /** Its answers are checked. */
  readonly hasSchema: boolean
}

/** What the last try came to: the answer, whether it is valid, the request, tokens and cost. */
export function TryResult({ last, hasSchema }: TryResultProps) {
  const tiers = useHostStore((state) => state.tiers)
  switch (last.status) {
    case 'none':
      return <p className={classes.quiet}>Its answer, the exact request, tokens and cost will stand here.</p>
    case 'failed':
      return <ApiErrorNotice error={last.error} />
    case 'starting':
      return <ScreenLoading label="Starting" />
    case 'running':
    case 'done': {
      const { trace } = last
      if (trace === null) return <ScreenLoading label="Asking" />
      const isValid = hasSchema && (trace.state === 'succeeded' || trace.state === 'remembered')
      return (
        <div aria-live="polite">
          {isValid && (
            <p className={classes.valid}>
              <IconCircleCheck size={16} stroke={1.5} aria-hidden />
              The answer is valid{repairsOf(trace)}.
            </p>
          )}
          <StageTraceCard trace={trace} tiers={tiers} simulated={isSimulated(trace, tiers)} isPromptOpen />
        </div>
      )
    }
  }
}

function repairsOf({ attempts }: StageTrace): string {
  const repairs = attempts.filter(({ purpose }) => purpose === 'repair').length
  return repairs === 0 ? '' : `, after asking again ${repairs === 1 ? 'once' : `${repairs} times`}`
}

/** Nothing but simulated tiers answered: the cost is play money. */
function isSimulated({ attempts }: StageTrace, tiers: readonly { name: string; backend: string }[]): boolean {
  const names = new Set(attempts.map((attempt) => attempt.tier))
  const used = tiers.filter((tier) => names.has(tier.name))
  return used.length > 0 && used.every((tier) => tier.backend === 'simulated')
}
