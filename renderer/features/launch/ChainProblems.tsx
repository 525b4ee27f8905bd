import type { Problem } from '../../../shared/problem.ts'
import { useViewStore } from '../../stores/viewStore.ts'
import { ProblemText } from '../../ui/ProblemText.tsx'
import classes from './LaunchScreen.module.css'

/** The errors that keep the chain from being launched, each a way to its place. */
export function ChainProblems({ problems }: { readonly problems: readonly Problem[] }) {
  const errors = problems.filter(({ severity }) => severity === 'error')
  if (errors.length === 0) return null
  return (
    <div className={classes.problems}>
      <strong>Set this right first:</strong>
      {errors.map((problem) => (
        <ProblemText
          key={`${problem.line}:${problem.column}:${problem.message}`}
          problem={problem}
          onClick={() => showPlace(problem)}
        />
      ))}
    </div>
  )
}

function showPlace({ path }: Problem): void {
  const { go, select } = useViewStore.getState()
  const [part, stage] = path
  if (part === 'stages' && typeof stage === 'string') select([stage])
  else if (part === 'source' || part === 'output') select([part])
  go('build')
}
