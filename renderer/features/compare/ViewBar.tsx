import { Button, Switch } from '@mantine/core'
import { matchesFilter, ROW_FILTERS, type RowFilter } from '../../../shared/compare/compareRows.ts'
import { formatCount } from '../../../shared/format.ts'
import { useChainStore } from '../../stores/chainStore.ts'
import { useCompareViewStore } from './compareViewStore.ts'
import type { Compared } from './useCompared.ts'
import classes from './ViewBar.module.css'
import { ViewSwitch } from './ViewSwitch.tsx'

const FILTER_HELP: Readonly<Record<RowFilter, string>> = {
  all: 'Every item',
  differ: 'Items with an answer that is another than the base’s',
  disagree: 'Items in which no answer was given by more than half of the variants',
  invalid: 'Items with an answer that did not fit its schema at once, or none',
}

/** How the comparison is looked at, which rows are shown, and how far it is. */
export function ViewBar({ compared }: { readonly compared: Compared }) {
  const { view, filter, showsDiff, set } = useCompareViewStore()
  const { comparison, rows } = compared
  const text = useChainStore((state) => state.text)
  return (
    <div className={classes.root}>
      <ViewSwitch />
      {view === 'matrix' && (
        <>
          <fieldset className={classes.filters} aria-label="Rows">
            {ROW_FILTERS.map((one) => (
              <Button
                key={one}
                size="compact-sm"
                variant={filter === one ? 'light' : 'subtle'}
                color={filter === one ? 'accent' : 'gray'}
                aria-pressed={filter === one}
                title={FILTER_HELP[one]}
                onClick={() => set({ filter: one })}
              >
                {one} <span className={classes.count}>{rows.filter((row) => matchesFilter(row, one)).length}</span>
              </Button>
            ))}
          </fieldset>
          <Switch
            size="xs"
            label="Differences"
            checked={showsDiff}
            onChange={(event) => set({ showsDiff: event.currentTarget.checked })}
          />
        </>
      )}
      <span className={classes.spring} />
      {text !== comparison.text && comparison.state.status !== 'running' && (
        <span className={classes.note}>The chain was changed since.</span>
      )}
      <span className={classes.note} role="status">
        {progressText(compared)}
      </span>
    </div>
  )
}

function progressText({ comparison }: Compared): string {
  const { items, variants, repeats, cells, state, stage } = comparison
  const done = cells.filter(({ status }) => status !== 'running').length
  const all = items.length * variants.length * repeats
  const what = stage === null ? '' : ` of ${stage}`
  if (state.status === 'running') return `${formatCount(done)} of ${formatCount(all)}${what}`
  if (state.status === 'stopped') return `Stopped at ${formatCount(done)} of ${formatCount(all)}${what}`
  return `${formatCount(done)} answers`
}
