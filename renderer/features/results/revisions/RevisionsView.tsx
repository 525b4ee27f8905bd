import { type ReactNode, useState } from 'react'
import { formatCount } from '../../../../shared/format.ts'
import type { RunSummary } from '../../../../shared/run.ts'
import type { RunRevision } from '../../../../shared/runChange.ts'
import { RelativeTime } from '../../../ui/RelativeTime.tsx'
import { ScreenLoading } from '../../../ui/ScreenLoading.tsx'
import { TextDiff } from '../../../ui/TextDiff.tsx'
import classes from './RevisionsView.module.css'
import { revisionName } from './revisionName.ts'
import { scopeText } from './revisionText.ts'
import { useRevisions } from './useRevisions.ts'

interface RevisionsViewProps {
  readonly summary: RunSummary
  readonly partSwitch: ReactNode
}

/** What was changed in a run's chain since its launch: each state, whom it was for, and what differs from the one before. */
export function RevisionsView({ summary, partSwitch }: RevisionsViewProps) {
  const { run, revision, state } = summary
  const revisions = useRevisions(run, `${revision} ${state.status}`)
  const [chosen, setChosen] = useState<number | null>(null)
  if (revisions === null) return <ScreenLoading label="Reading the changes" />
  const shown = revisions.find((one) => one.revision === chosen) ?? revisions.at(-1)
  const before = shown === undefined ? undefined : revisions.find((one) => one.revision === shown.revision - 1)
  return (
    <section className={classes.root} aria-label="Changes">
      <div className={classes.bar}>{partSwitch}</div>
      <div className={classes.body}>
        <ul className={classes.list} aria-label="States of the chain">
          {revisions.toReversed().map((one) => (
            <li key={one.revision}>
              <button
                type="button"
                className={classes.entry}
                aria-current={one === shown}
                onClick={() => setChosen(one.revision)}
              >
                <span className={classes.head}>
                  <strong>{revisionName(one.revision)}</strong>
                  <span className={classes.stages}>{one.stages.join(', ')}</span>
                  <span className={classes.time}>
                    <RelativeTime at={one.at} />
                  </span>
                </span>
                <span className={classes.about}>
                  {scopeText(one)} · {formatCount(one.items)} {one.items === 1 ? 'item' : 'items'} ran by it
                </span>
              </button>
            </li>
          ))}
        </ul>
        <div className={classes.diff}>{shown !== undefined && <Difference before={before} after={shown} />}</div>
      </div>
    </section>
  )
}

function Difference({ before, after }: { readonly before: RunRevision | undefined; readonly after: RunRevision }) {
  if (before === undefined)
    return <p className={classes.none}>The chain as it was launched. Choose a later state to see what was changed.</p>
  if (before.chainText === after.chainText)
    return (
      <p className={classes.none}>
        The chain's text is the same. Tiers or limits were set anew for {after.stages.join(', ') || 'no stage'}.
      </p>
    )
  return (
    <TextDiff
      before={before.chainText}
      after={after.chainText}
      label={`${revisionName(after.revision)} of the chain`}
    />
  )
}
