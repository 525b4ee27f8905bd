import { useEffect, useState } from 'react'
import { baselineOf, byConcern, changesSince, type Evaluation } from '../../../../shared/evaluations/evaluation.ts'
import type { Baseline, Suite } from '../../../../shared/evaluations/suite.ts'
import { AS_DRAWN } from '../../../../shared/variant.ts'
import { useEvaluationStore } from '../../../stores/evaluationStore.ts'
import { ApiErrorNotice } from '../../../ui/ApiErrorNotice.tsx'
import { ScreenLoading } from '../../../ui/ScreenLoading.tsx'
import { CaseTable } from './CaseTable.tsx'
import { EvaluationBar } from './EvaluationBar.tsx'
import { EvaluationResult } from './EvaluationResult.tsx'
import classes from './EvaluationsView.module.css'
import { NoSuite } from './NoSuite.tsx'

/** The suite of a chain: what each case must give, and how the chain came through it. `file`: the chain's. */
export function EvaluationsView({ file }: { readonly file: string }) {
  const suite = useEvaluationStore((state) => state.suite)
  const { open } = useEvaluationStore.getState()
  useEffect(() => {
    void open(file)
  }, [file, open])
  return (
    <section className={classes.root} aria-label="Evaluations">
      {suite.status === 'loading' ? (
        <ScreenLoading />
      ) : suite.status === 'failed' ? (
        <ApiErrorNotice error={suite.error} onRetry={() => void open(file)} />
      ) : suite.status === 'none' || suite.suite.cases.length === 0 ? (
        <NoSuite file={file} />
      ) : (
        <Cases file={suite.file} suite={suite.suite} />
      )}
    </section>
  )
}

function Cases({ file, suite }: { readonly file: string; readonly suite: Suite }) {
  const all = useEvaluationStore((state) => state.evaluations)
  const refused = useEvaluationStore((state) => state.refused)
  const [variant, setVariant] = useState(AS_DRAWN)
  const history = all.filter((one) => one.variant === variant && one.suite === null)
  const shown = history.at(-1) ?? null
  const baseline = baselineFor(suite, history)
  const changes = shown === null || baseline === null ? null : changesSince(baseline, shown)
  return (
    <>
      <EvaluationBar file={file} suite={suite} variant={variant} history={history} onVariant={setVariant} />
      {refused !== null && <ApiErrorNotice error={refused} />}
      {shown !== null && (
        <EvaluationResult evaluation={shown} baseline={baseline} changes={changes} golden={suite.golden ?? null} />
      )}
      <CaseTable
        suite={suite}
        judged={
          shown === null ? [] : byConcern(shown.cases, changes ?? { regressions: [], improvements: [], added: [] })
        }
        changes={changes}
      />
    </>
  )
}

/** The golden one; without one, the evaluation before. null: there is nothing to hold against. */
function baselineFor({ golden }: Suite, history: readonly Evaluation[]): Baseline | null {
  const before = history.at(-2)
  return golden ?? (before === undefined ? null : baselineOf(before))
}
