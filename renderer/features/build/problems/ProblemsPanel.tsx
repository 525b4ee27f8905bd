import { useChainStore } from '../../../stores/chainStore.ts'
import { useViewStore } from '../../../stores/viewStore.ts'
import { ProblemText } from '../../../ui/ProblemText.tsx'
import { selectStages } from '../commands/stageCommands.ts'
import classes from './ProblemsPanel.module.css'
import { problemNode, sortProblems } from './problemPlace.ts'

/** All that is wrong with the document. A click leads to the place: the node's form, or the line in the YAML view. */
export function ProblemsPanel() {
  const problems = useChainStore((state) => state.parsed.problems)
  const isReadable = useChainStore((state) => state.parsed.chain !== null)

  function goTo(node: string | null): void {
    if (!isReadable) useViewStore.getState().setBuildView('yaml')
    else selectStages(node === null ? [] : [node])
  }

  return (
    <section className={classes.root} aria-label="Problems">
      {problems.length === 0 && <p className={classes.none}>Nothing is wrong with this chain.</p>}
      {sortProblems(problems).map((problem) => (
        <ProblemText
          key={`${problem.path.join('.')} ${problem.line}:${problem.column} ${problem.message}`}
          problem={problem}
          onClick={() => goTo(problemNode(problem))}
        />
      ))}
    </section>
  )
}
