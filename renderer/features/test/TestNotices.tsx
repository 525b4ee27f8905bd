import { useChainStore } from '../../stores/chainStore.ts'
import { useTestStore } from '../../stores/testStore.ts'
import { ApiErrorNotice } from '../../ui/ApiErrorNotice.tsx'
import { ProblemText } from '../../ui/ProblemText.tsx'
import classes from './TestNotices.module.css'
import { useOpenParams } from './useOpenParams.ts'
import { useTestProblems } from './useTestProblems.ts'

/** What keeps the chain from being tried, and whether what is shown is still what would come out. */
export function TestNotices() {
  const test = useTestStore((state) => state.test)
  const problems = useTestProblems()
  const params = useOpenParams()
  const text = useChainStore((state) => state.text)
  const testedText = useTestStore((state) => state.testedText)
  const errors = problems.filter((problem) => problem.severity === 'error')
  const isStale = test.status === 'done' && testedText !== text
  if (errors.length === 0 && params.length === 0 && test.status !== 'failed' && !isStale) return null
  return (
    <div className={classes.root}>
      {errors.map((problem) => (
        <ProblemText key={`${problem.line}:${problem.column}:${problem.message}`} problem={problem} />
      ))}
      {params.length > 0 && (
        <div>
          {params.length === 1 ? `The param ${params[0]} needs` : `The params ${params.join(', ')} need`} a value before
          the chain can be tried: set it under Params.
        </div>
      )}
      {test.status === 'failed' && <ApiErrorNotice error={test.error} />}
      {isStale && (
        <div className="quiet">The chain was changed since this try: run it again to see what it does now.</div>
      )}
    </div>
  )
}
