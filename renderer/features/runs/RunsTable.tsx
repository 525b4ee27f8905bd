import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useMemo, useRef, useState } from 'react'
import { formatCount } from '../../../shared/format.ts'
import type { RunSummary } from '../../../shared/run.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { matchingRuns } from './matchingRuns.ts'
import { RunRow } from './RunRow.tsx'
import classes from './RunsScreen.module.css'

const ROW_HEIGHT = 44

/** The list itself; only the rows in sight are drawn. */
export function RunsTable({ runs }: { readonly runs: readonly RunSummary[] }) {
  const [search, setSearch] = useState('')
  const scroller = useRef<HTMLDivElement>(null)
  const found = useMemo(() => matchingRuns(runs, search), [runs, search])
  const virtualizer = useVirtualizer({
    count: found.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    getItemKey: (index) => found[index]?.run ?? index,
    overscan: 8,
  })
  return (
    <>
      <div className={classes.bar}>
        <h1 className={classes.title}>Runs</h1>
        <TextInput
          size="xs"
          className={classes.search ?? ''}
          aria-label="Search runs"
          placeholder="Chain, source or state"
          leftSection={<IconSearch size={14} stroke={1.5} />}
          value={search}
          onChange={(event) => setSearch(event.currentTarget.value)}
        />
        <span className={classes.count}>
          {formatCount(found.length)} {found.length === 1 ? 'run' : 'runs'}
        </span>
      </div>
      <div className={classes.head} aria-hidden>
        <span>State</span>
        <span>Chain</span>
        <span>Items</span>
        <span className={classes.number}>Cost</span>
        <span className={classes.number}>Took</span>
        <span>Started</span>
        <span />
      </div>
      <div ref={scroller} className={classes.scroller}>
        {found.length === 0 && (
          <EmptyState title="No run matches">Nothing is named or stands like “{search}”.</EmptyState>
        )}
        <ul className={classes.list} style={{ height: virtualizer.getTotalSize() }} aria-label="Runs">
          {virtualizer.getVirtualItems().map(({ index, key, start }) => {
            const run = found[index]
            return run === undefined ? null : <RunRow key={key} summary={run} top={start} />
          })}
        </ul>
      </div>
    </>
  )
}
