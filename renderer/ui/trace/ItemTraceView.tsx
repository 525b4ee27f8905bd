import { Alert } from '@mantine/core'
import { failureKindText } from '../../../shared/failureText.ts'
import { formatDuration } from '../../../shared/format.ts'
import type { Tier } from '../../../shared/tier.ts'
import type { ItemTrace } from '../../../shared/trace.ts'
import { DataValue } from '../DataValue.tsx'
import { FileName } from '../FileName.tsx'
import { Money } from '../Money.tsx'
import { RichText } from '../RichText.tsx'
import { StateGlyph } from '../StateGlyph.tsx'
import { Folded } from './Folded.tsx'
import classes from './ItemTraceView.module.css'
import { StageTraceCard } from './StageTraceCard.tsx'
import { TokenCount } from './TokenCount.tsx'

interface ItemTraceViewProps {
  readonly trace: ItemTrace
  readonly tiers: readonly Tier[]
  /** Of the run: no model was called. */
  readonly simulated: boolean
  /** The stage to begin with, where one cell was clicked. */
  readonly stage?: string | null
}

/** Everything known of one item in one run, from top to bottom, for a drawer. */
export function ItemTraceView({ trace, tiers, simulated, stage = null }: ItemTraceViewProps) {
  const error = trace.error
  const hasFailedStage = trace.stages.some((other) => other.stage === error?.stage && other.failure !== null)
  return (
    <div className={classes.root}>
      <div className={classes.summary}>
        <StateGlyph state={trace.status} withWord />
        <strong className={classes.key}>
          <FileName path={trace.key} />
        </strong>
        <span>{formatDuration(trace.latencyMs)}</span>
        <TokenCount usage={trace.usage} />
        <Money micros={trace.costMicros} simulated={simulated} />
      </div>
      {error !== null && !hasFailedStage && (
        <Alert color="red" title={failureKindText(error.kind).title}>
          {error.message} <RichText text={failureKindText(error.kind).next} />
        </Alert>
      )}
      {trace.output !== null && <DataValue label="Result" value={trace.output} />}
      {trace.itemProblem !== null ? (
        <Alert color="yellow" title="The item cannot be shown">
          {trace.itemProblem}
        </Alert>
      ) : (
        <Folded title="Item" isOpenAtFirst={trace.status !== 'succeeded'}>
          <DataValue label="Item" value={trace.item} />
        </Folded>
      )}
      {[...trace.stages]
        // The stage that was asked for comes first; the order of the others stays.
        .sort((a, b) => Number(b.stage === stage) - Number(a.stage === stage))
        .map((other) => (
          <StageTraceCard key={other.stage} trace={other} tiers={tiers} simulated={simulated} />
        ))}
    </div>
  )
}
