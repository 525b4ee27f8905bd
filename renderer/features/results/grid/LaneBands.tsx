import { formatCount } from '../../../../shared/format.ts'
import type { RunSummary } from '../../../../shared/run.ts'
import classes from './LaneBands.module.css'
import { RunGrid } from './RunGrid.tsx'

/** The grid of a run: a band for each lane, the items above and the groups that were made of them below. */
export function LaneBands({ summary }: { readonly summary: RunSummary }) {
  const { lanes } = summary
  if (lanes.length < 2) return <RunGrid summary={summary} lane={0} />
  return (
    <div className={classes.root}>
      {lanes.map((about, lane) => (
        // Lanes of a run neither come nor go.
        <div key={about.begins ?? ''} className={classes.band}>
          <RunGrid summary={summary} lane={lane} title={laneTitle(summary, lane)} />
        </div>
      ))}
    </div>
  )
}

/** `50 items`, `7 groups of by_category`. */
export function laneTitle({ lanes }: RunSummary, lane: number): string {
  const { begins = null, items = null } = lanes[lane] ?? {}
  const count = items === null ? '' : `${formatCount(items)} `
  if (begins === null) return `${count}${items === 1 ? 'item' : 'items'}`
  return `${count}${items === 1 ? 'group' : 'groups'} of ${begins}`
}
