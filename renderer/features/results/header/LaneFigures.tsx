import { Tooltip } from '@mantine/core'
import { formatCount } from '../../../../shared/format.ts'
import type { GatherCounts, PackCounts } from '../../../../shared/group.ts'
import type { RunSummary } from '../../../../shared/run.ts'
import classes from './LaneFigures.module.css'

/** How gathers and shared calls do: how many came together, how full they were, what waits. */
export function LaneFigures({ summary }: { readonly summary: RunSummary }) {
  const gathers = summary.lanes.flatMap(({ gather }) => (gather === null ? [] : [gather]))
  if (gathers.length + summary.packs.length === 0) return null
  return (
    <div className={classes.root}>
      {gathers.map((counts) => (
        <Gather key={counts.gather} counts={counts} />
      ))}
      {summary.packs.map((counts) => (
        <Pack key={counts.stage} counts={counts} />
      ))}
    </div>
  )
}

function Gather({ counts }: { readonly counts: GatherCounts }) {
  const { gather, groups, members, waiting, filtered, unmatched, size } = counts
  const released = groups.size + groups.within + groups.end
  const reasons = `${formatCount(groups.size)} full, ${formatCount(groups.within)} by time, ${formatCount(groups.end)} at the end`
  return (
    <Tooltip label={`Groups of ${gather}: ${reasons}`}>
      <span className={classes.entry}>
        <span className={classes.name}>{gather}</span>
        {formatCount(members)} in {formatCount(released)} {released === 1 ? 'group' : 'groups'}
        {size !== null && released > 0 && <Quiet>{percent(members / (released * size))} full</Quiet>}
        {waiting > 0 && <Quiet>{waiting === 1 ? '1 waits' : `${formatCount(waiting)} wait`}</Quiet>}
        {filtered > 0 && <Quiet>{formatCount(filtered)} filtered</Quiet>}
        {unmatched > 0 && <Quiet>{formatCount(unmatched)} unmatched</Quiet>}
      </span>
    </Tooltip>
  )
}

function Pack({ counts }: { readonly counts: PackCounts }) {
  const { stage, calls, answered, again, waiting, reasons, size } = counts
  const why = `${formatCount(reasons.size)} full, ${formatCount(reasons.tokens)} by tokens, ${formatCount(reasons.within)} by time, ${formatCount(reasons.end)} at the end`
  const first = reasons.size + reasons.tokens + reasons.within + reasons.end
  return (
    <Tooltip label={`Calls that items of ${stage} share: ${why}`}>
      <span className={classes.entry}>
        <span className={classes.name}>⊞ {stage}</span>
        {formatCount(answered)} answered in {formatCount(calls)} {calls === 1 ? 'call' : 'calls'}
        {first > 0 && answered > 0 && <Quiet>{percent(Math.min(1, answered / (first * size)))} full</Quiet>}
        {again > 0 && <Quiet>{formatCount(again)} asked again</Quiet>}
        {waiting > 0 && <Quiet>{waiting === 1 ? '1 waits' : `${formatCount(waiting)} wait`}</Quiet>}
      </span>
    </Tooltip>
  )
}

function Quiet({ children }: { readonly children: React.ReactNode }) {
  return <span className={classes.quiet}>· {children}</span>
}

function percent(share: number): string {
  return `${Math.round(share * 100)}%`
}
