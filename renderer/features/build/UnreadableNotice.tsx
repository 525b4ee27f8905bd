import { Button } from '@mantine/core'
import { useChainStore } from '../../stores/chainStore.ts'
import { useViewStore } from '../../stores/viewStore.ts'
import { RichText } from '../../ui/RichText.tsx'
import classes from './BuildScreen.module.css'

/** The text is no chain just now: says so, and that the canvas shows the last state that was one. */
export function UnreadableNotice() {
  const problem = useChainStore((state) => (state.parsed.chain === null ? state.parsed.problems[0] : undefined))
  const view = useViewStore((state) => state.buildView)
  if (problem === undefined || view === 'yaml') return null
  const place = problem.line === null ? '' : `Line ${problem.line}: `
  return (
    <div className={classes.notice} role="status">
      <span>
        {place}
        <RichText text={problem.message} /> The canvas shows the last version that could be read.
      </span>
      <Button size="xs" onClick={() => useViewStore.getState().setBuildView('yaml')}>
        Open the YAML
      </Button>
    </div>
  )
}
