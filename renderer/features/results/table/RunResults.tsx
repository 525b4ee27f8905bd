import { useHotkeys } from '@mantine/hooks'
import { type ReactNode, useRef, useState } from 'react'
import type { RunSummary } from '../../../../shared/run.ts'
import { ApiErrorNotice } from '../../../ui/ApiErrorNotice.tsx'
import { EmptyState } from '../../../ui/EmptyState.tsx'
import { NothingFound } from './NothingFound.tsx'
import { ResultsBar } from './ResultsBar.tsx'
import { ResultsTable } from './ResultsTable.tsx'
import classes from './RunResults.module.css'
import { EVERYTHING, type ResultQuery } from './resultQuery.ts'
import { SelectionBar } from './SelectionBar.tsx'
import { NONE_SELECTED } from './selection.ts'
import { useFoundItems } from './useFoundItems.ts'

interface RunResultsProps {
  readonly summary: RunSummary
  /** The lane that is shown. */
  readonly lane: number
  /** What chooses another lane, and what else could be shown here. */
  readonly choices: ReactNode
  readonly openItem: number | null
  readonly onOpen: (item: number) => void
}

/** The results of a run: search, facets, and the table of what they leave. */
export function RunResults({ summary, lane, choices, openItem, onOpen }: RunResultsProps) {
  const [query, setQuery] = useState<ResultQuery>(EVERYTHING)
  const found = useFoundItems({ run: summary.run, lane }, query)
  const [selection, setSelection] = useState(NONE_SELECTED)
  const searchField = useRef<HTMLInputElement>(null)
  useHotkeys([['/', () => searchField.current?.focus()]])
  const isFiltered = query.search.trim() !== '' || query.statuses.length > 0
  return (
    <section className={classes.root} aria-label="Results">
      <ResultsBar
        counts={summary.lanes[lane]?.counts ?? summary.counts}
        choices={choices}
        word={lane === 0 ? 'item' : 'group'}
        doneAs={(summary.lanes[lane]?.gather ?? null) === null ? 'succeeded' : 'gathered'}
        query={query}
        onQuery={setQuery}
        found={found.status === 'ready' ? found.indexes.length : null}
        searchField={searchField}
        selectionBar={
          selection.items.size === 0 ? null : (
            <SelectionBar
              summary={summary}
              lane={lane}
              items={selection.items}
              onClear={() => setSelection(NONE_SELECTED)}
            />
          )
        }
      />
      {found.status === 'failed' && <ApiErrorNotice error={found.error} />}
      {found.status === 'ready' && found.indexes.length > 0 && (
        <ResultsTable
          summary={summary}
          lane={lane}
          indexes={found.indexes}
          query={found.query}
          onQuery={setQuery}
          openItem={openItem}
          onOpen={onOpen}
          selection={selection}
          onSelect={setSelection}
        />
      )}
      {found.status === 'ready' && found.indexes.length === 0 && isFiltered && (
        <NothingFound run={summary.run} lane={lane} query={found.query} onQuery={setQuery} />
      )}
      {found.status === 'ready' && found.indexes.length === 0 && !isFiltered && (
        <EmptyState title={summary.items === 0 ? 'No items' : lane === 0 ? 'No results yet' : 'No groups'}>
          {summary.items === 0 ? 'The source of this run has no items.' : whatComes(summary, lane)}
        </EmptyState>
      )}
    </section>
  )
}

function whatComes({ endedAt, grows }: RunSummary, lane: number): string {
  if (lane === 0) return grows ? 'They appear here as items come.' : 'They appear here as items finish.'
  return endedAt === null ? 'They appear here as they come together.' : 'None came together in this run.'
}
