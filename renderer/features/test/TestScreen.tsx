import { VisuallyHidden } from '@mantine/core'
import { useEffect } from 'react'
import { useChainStore } from '../../stores/chainStore.ts'
import { useTestStore } from '../../stores/testStore.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ItemColumn } from './ItemColumn.tsx'
import { StageColumn } from './StageColumn.tsx'
import { TestBar } from './TestBar.tsx'
import { TestNotices } from './TestNotices.tsx'
import classes from './TestScreen.module.css'
import { TestTotal } from './TestTotal.tsx'
import { useTestKeys } from './useTestKeys.ts'

/** One item through the chain: a column for what goes in, one for each stage, a row that sums it up. */
export function TestScreen() {
  const good = useChainStore((state) => state.good)
  const test = useTestStore((state) => state.test)
  const source = good?.chain.source ?? null
  useTestKeys()

  useEffect(() => {
    void useTestStore.getState().loadItems(source)
  }, [source])

  if (good === null)
    return (
      <EmptyState title="This chain cannot be read yet">
        Set its YAML right in Build; then it can be tried here.
      </EmptyState>
    )

  const trace = test.status === 'running' || test.status === 'done' ? test.trace : null
  return (
    <div className={classes.root}>
      <VisuallyHidden component="h1">Test {good.chain.name}</VisuallyHidden>
      <TestBar />
      <TestNotices />
      <div className={classes.columns}>
        <ItemColumn />
        {good.graph.order.map((id) => {
          const stage = good.chain.stages[id]
          if (stage === undefined) return null
          return (
            <StageColumn
              key={id}
              id={id}
              stage={stage}
              trace={trace?.stages.find((other) => other.stage === id) ?? null}
              isRunning={test.status === 'starting' || test.status === 'running'}
            />
          )
        })}
      </div>
      <TestTotal trace={trace} />
    </div>
  )
}
