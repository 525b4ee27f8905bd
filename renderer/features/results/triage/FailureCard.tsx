import { Checkbox } from '@mantine/core'
import { useState } from 'react'
import { formatCount } from '../../../../shared/format.ts'
import type { RunSummary } from '../../../../shared/run.ts'
import type { FailureCause } from '../../../../shared/runChange.ts'
import { isLive } from '../../../stores/runStore.ts'
import { FileName } from '../../../ui/FileName.tsx'
import { RichText } from '../../../ui/RichText.tsx'
import { StateSign } from '../../../ui/StateGlyph.tsx'
import { itemName } from '../itemName.ts'
import type { RunScreenActions } from '../runPart.ts'
import classes from './FailureCard.module.css'
import { FixButtons } from './FixButtons.tsx'
import { TryOutView } from './TryOutView.tsx'
import { useTryOut } from './useTryOut.ts'

interface FailureCardProps {
  readonly summary: RunSummary
  readonly cause: FailureCause
  readonly actions: RunScreenActions
  readonly isSelected: boolean
  readonly canSelect: boolean
  readonly onSelect: (isOn: boolean) => void
}

/** One cause: how many failed for it, one of them, and what could be done. */
export function FailureCard({ summary, cause, actions, isSelected, canSelect, onSelect }: FailureCardProps) {
  const { title, count, stage, lane, example, fix } = cause
  const { tryOut, start } = useTryOut(summary.run)
  // Until the new results are in, they still stand here as failed.
  const [asked, setAsked] = useState(false)
  const word = lane === 0 ? 'item' : 'group'
  return (
    <article className={classes.root} aria-label={title}>
      <header className={classes.head}>
        <Checkbox
          size="xs"
          aria-label={`Select ${title}`}
          checked={isSelected}
          disabled={!canSelect && !isSelected}
          onChange={(event) => onSelect(event.currentTarget.checked)}
        />
        <h2 className={classes.title}>
          <StateSign state="failed" /> <RichText text={title} />
        </h2>
        <span className={classes.count}>
          <strong>{formatCount(count)}</strong> {count === 1 ? word : `${word}s`}
        </span>
      </header>
      <div className={classes.example}>
        <span className={classes.place}>
          {stage !== null && <span className={classes.stage}>{stage}</span>}
          {count > 1 && <span className={classes.such}>such as</span>}
          <button type="button" className={classes.item} onClick={() => actions.openItem(example.index, lane)}>
            <FileName path={itemName({ ...example, lane })} />
          </button>
        </span>
        <p className={classes.message} title={example.message}>
          {example.message}
        </p>
      </div>
      <div className={classes.fix}>
        <strong>{fix.label}.</strong> <RichText text={fix.why} />
      </div>
      {asked && isLive(summary) ? (
        <p className={classes.asked} role="status">
          Being asked again. The old results stand until the new ones are there.
        </p>
      ) : (
        <FixButtons
          summary={summary}
          cause={cause}
          actions={actions}
          isTrying={tryOut.status === 'starting'}
          onTry={() => void start(cause)}
          onAsked={() => setAsked(true)}
        />
      )}
      <TryOutView tryOut={tryOut} simulated={summary.simulated} />
    </article>
  )
}
