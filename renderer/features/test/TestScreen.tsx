import { VisuallyHidden } from '@mantine/core'
import { Fragment, useEffect } from 'react'
import type { ChainGraph } from '../../../shared/graph.ts'
import { useChainStore } from '../../stores/chainStore.ts'
import { useTestStore } from '../../stores/testStore.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ItemColumn } from './ItemColumn.tsx'
import { LaneBorder } from './LaneBorder.tsx'
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

  const { chain, graph } = good
  const isTried = test.status === 'running' || test.status === 'done'
  const trace = isTried ? test.trace : null
  const groups = isTried ? test.groups : []
  const traces = [...(trace?.stages ?? []), ...groups.flatMap(({ stages }) => stages)]
  const progress =
    test.status === 'done' ? 'done' : test.status === 'none' || test.status === 'failed' ? 'none' : 'running'
  return (
    <div className={classes.root}>
      <VisuallyHidden component="h1">Test {chain.name}</VisuallyHidden>
      <TestBar />
      <TestNotices />
      <div className={classes.columns}>
        <ItemColumn />
        {columnsOf(graph).map((id) => {
          const stage = chain.stages[id]
          if (stage === undefined) return null
          return (
            <Fragment key={id}>
              <StageColumn
                id={id}
                stage={stage}
                trace={traces.find((other) => other.stage === id) ?? null}
                progress={progress}
              />
              {stage.kind === 'gather' && (
                <div className={classes.border}>
                  <LaneBorder id={id} stage={stage} />
                </div>
              )}
            </Fragment>
          )
        })}
      </div>
      <TestTotal trace={trace} groups={groups} />
    </div>
  )
}

/** Lane by lane, each ended by its gather; within it, each stage behind all that it waits for. */
function columnsOf({ lanes }: ChainGraph): readonly string[] {
  return lanes.flatMap(({ stages, ends }) => (ends === null ? stages : [...stages, ends]))
}
