import { useEffect, useRef, useState } from 'react'
import type { ApiError, Budgets } from '../../../shared/api.ts'
import type { BudgetLimits } from '../../../shared/budgets.ts'
import { host } from '../../lib/host.ts'
import { useHostStore } from '../../stores/hostStore.ts'
import { ApiErrorNotice } from '../../ui/ApiErrorNotice.tsx'
import { BudgetField } from './BudgetField.tsx'
import classes from './BudgetSettings.module.css'
import { SpentToday } from './SpentToday.tsx'

/** What is spent changes with every call of a run; here it need not be newer than this. */
const REREAD_MS = 5_000

/** What the workspace's runs may spend, kept in jacquard.yaml. */
export function BudgetSettings() {
  const budgets = useHostStore((state) => state.budgets)
  const [error, setError] = useState<ApiError | null>(null)
  const last = useRef<Promise<boolean>>(Promise.resolve(true))

  useEffect(() => {
    const { refreshBudgets } = useHostStore.getState()
    void refreshBudgets()
    const timer = setInterval(() => {
      // A lost connection is told once, and all is read again when it is back.
      if (useHostStore.getState().connection !== 'lost') void refreshBudgets()
    }, REREAD_MS)
    return () => clearInterval(timer)
  }, [])

  /** One after the other: a request names both budgets, the other one as the save before has left it. */
  function save(change: Partial<BudgetLimits>): Promise<boolean> {
    const saved = last.current.then(async () => {
      const { budgets } = useHostStore.getState()
      if (budgets === null) return false
      const reply = await host.call('budgets.set', { ...limitsOf(budgets), ...change })
      setError(reply.ok ? null : reply.error)
      if (reply.ok) useHostStore.setState({ budgets: reply.value })
      return reply.ok
    })
    last.current = saved.catch(() => false)
    return saved
  }

  return (
    <>
      <p className="quiet">
        Before each call the most it can cost is set aside, so that a budget is never overshot. Where the next call does
        not fit, the run pauses with everything it has; raise the budget and resume it. Both are kept in{' '}
        <code>jacquard.yaml</code>.
      </p>
      {budgets !== null && (
        <div className={classes.fields}>
          <BudgetField
            label="A day"
            description="All runs of this workspace together, from midnight to midnight."
            usd={budgets.dayUsd}
            onSave={(dayUsd) => save({ dayUsd })}
          />
          <BudgetField
            label="A run"
            description="Of a launch that names no budget of its own."
            usd={budgets.runUsd}
            onSave={(runUsd) => save({ runUsd })}
          />
          <SpentToday budgets={budgets} />
        </div>
      )}
      {error !== null && <ApiErrorNotice error={error} />}
    </>
  )
}

function limitsOf({ dayUsd, runUsd }: Budgets): BudgetLimits {
  return { dayUsd, runUsd }
}
