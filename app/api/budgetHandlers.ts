import type { Budgets } from '../../shared/api.ts'
import { outcome } from './fileOutcome.ts'
import { done, type Handlers, type Session } from './session.ts'

type BudgetHandlers = Pick<Handlers, 'budgets.get' | 'budgets.set'>

export function budgetHandlers(session: Pick<Session, 'budgets' | 'setBudgets' | 'spentTodayMicros'>): BudgetHandlers {
  const now = (): Budgets => ({ ...session.budgets(), spentTodayMicros: session.spentTodayMicros() })
  return {
    'budgets.get': () => done(now()),
    'budgets.set': async (budgets) => {
      const written = outcome(await session.setBudgets(budgets))
      return written.ok ? done(now()) : written
    },
  }
}
