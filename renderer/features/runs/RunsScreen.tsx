import { Button, Loader } from '@mantine/core'
import { IconHistory } from '@tabler/icons-react'
import { useState } from 'react'
import type { RunSummary } from '../../../shared/run.ts'
import { callOrNotify } from '../../lib/callOrNotify.ts'
import { useRunStore } from '../../stores/runStore.ts'
import { useViewStore } from '../../stores/viewStore.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import classes from './RunsScreen.module.css'
import { RunsTable } from './RunsTable.tsx'

const PAGE = 200

/** All batches of the workspace, newest first. */
export function RunsScreen() {
  const newest = useRunStore((state) => state.runs)
  const isListed = useRunStore((state) => state.isListed)
  const go = useViewStore((state) => state.go)
  const [older, setOlder] = useState<readonly RunSummary[]>([])
  const [isEnd, setEnd] = useState(false)

  const known = new Set(newest.map(({ run }) => run))
  const runs = [...newest, ...older.filter(({ run }) => !known.has(run))]
  const last = runs.at(-1)

  async function readOlder(): Promise<void> {
    if (last === undefined) return
    const page = await callOrNotify('runs.list', { kind: 'batch', limit: PAGE, before: last.run })
    if (page === null) return
    setOlder([...older, ...page])
    setEnd(page.length < PAGE)
  }

  if (!isListed)
    return (
      <div className={classes.loading}>
        <Loader size="sm" />
      </div>
    )
  if (runs.length === 0)
    return (
      <EmptyState
        icon={<IconHistory size={32} stroke={1.25} />}
        title="No runs yet"
        actions={
          <Button variant="filled" size="md" onClick={() => go('launch')}>
            Launch a chain
          </Button>
        }
      >
        Every launch is kept here with its results, its costs and the chain as it was.
      </EmptyState>
    )
  // The store lists a fixed number; only when it is full can there be older ones.
  const mayHaveOlder = newest.length >= FULL_LIST && !isEnd
  return (
    <div className={classes.root}>
      <RunsTable runs={runs} />
      {mayHaveOlder && (
        <div className={classes.more}>
          <Button onClick={() => void readOlder()}>Show older runs</Button>
        </div>
      )}
    </div>
  )
}

const FULL_LIST = 500
