import { TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import type { ReactNode, RefObject } from 'react'
import type { CellState } from '../../../../shared/cell.ts'
import { formatCount } from '../../../../shared/format.ts'
import type { ItemStatus, RunCounts } from '../../../../shared/run.ts'
import { STATE_LOOKS, StateSign } from '../../../ui/StateGlyph.tsx'
import classes from './ResultsBar.module.css'
import { type ResultQuery, toggledStatus } from './resultQuery.ts'

interface ResultsBarProps {
  readonly counts: RunCounts
  /** What chooses the lane, and what else could be shown here. */
  readonly choices: ReactNode
  /** What a row is called. */
  readonly word: 'item' | 'group'
  /** What a row of the lane that is done with has come to: where a gather ends the lane, it was taken on. */
  readonly doneAs: 'succeeded' | 'gathered'
  readonly query: ResultQuery
  readonly onQuery: (query: ResultQuery) => void
  /** null: being looked for. */
  readonly found: number | null
  readonly searchField: RefObject<HTMLInputElement | null>
  /** In place of the count: what is done with the rows that are chosen; null: none is. */
  readonly selectionBar: ReactNode
}

const FACETS: readonly (ItemStatus & CellState)[] = ['succeeded', 'failed', 'skipped', 'cancelled', 'waiting']

/** Search and status facets over the results. */
export function ResultsBar(props: ResultsBarProps) {
  const { counts, choices, word, doneAs, query, onQuery, found, searchField, selectionBar } = props
  return (
    <div className={classes.root}>
      {choices}
      <TextInput
        ref={searchField}
        size="xs"
        className={classes.search ?? ''}
        aria-label="Search items, outputs and errors"
        placeholder="Search items, outputs, errors   /"
        leftSection={<IconSearch size={14} stroke={1.5} />}
        value={query.search}
        onChange={(event) => onQuery({ ...query, search: event.currentTarget.value })}
      />
      <fieldset className={classes.facets} aria-label="Only items that are">
        {FACETS.map((status) => {
          const count = status === 'waiting' ? counts.waiting + counts.running : counts[status]
          const isOn = query.statuses.includes(status)
          if (count === 0 && !isOn) return null
          return (
            <button
              key={status}
              type="button"
              className={classes.facet}
              aria-pressed={isOn}
              onClick={() => onQuery(toggledStatus(query, status))}
            >
              <StateSign state={status} />
              {STATE_LOOKS[status === 'succeeded' ? doneAs : status].word}
              <span className={classes.count}>{formatCount(count)}</span>
            </button>
          )
        })}
      </fieldset>
      {selectionBar}
      <span className={classes.found} role="status" data-aside={selectionBar !== null}>
        {found === null ? '' : `${formatCount(found)} ${found === 1 ? word : `${word}s`}`}
      </span>
    </div>
  )
}
