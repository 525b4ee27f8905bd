import { Alert } from '@mantine/core'
import { failureKindText } from '../../../shared/failureText.ts'
import { formatDuration } from '../../../shared/format.ts'
import type { Tier } from '../../../shared/tier.ts'
import type { ItemTrace, StageTrace } from '../../../shared/trace.ts'
import { DataValue } from '../DataValue.tsx'
import { FileName } from '../FileName.tsx'
import { Money } from '../Money.tsx'
import { RichText } from '../RichText.tsx'
import { SavedMoney } from '../SavedMoney.tsx'
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
}

/** Everything known of one item in one run, for a drawer: what went wrong before anything else. */
export function ItemTraceView({ trace, tiers, simulated }: ItemTraceViewProps) {
  const { error } = trace
  const failed = trace.stages.find(({ stage, failure }) => stage === error?.stage && failure !== null)
  const cardOf = (stage: StageTrace) => (
    <StageTraceCard key={stage.stage} trace={stage} tiers={tiers} simulated={simulated} />
  )
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
        {trace.savedMicros > 0 && <SavedMoney micros={trace.savedMicros} simulated={simulated} />}
      </div>
      {error !== null && failed === undefined && (
        <Alert color="red" title={failureKindText(error.kind).title}>
          {error.message} <RichText text={failureKindText(error.kind).next} />
        </Alert>
      )}
      {failed !== undefined && cardOf(failed)}
      {trace.output !== null && <DataValue label="Result" value={trace.output} />}
      {trace.itemProblem !== null ? (
        <Alert color="yellow" title="The item cannot be shown">
          {trace.itemProblem}
        </Alert>
      ) : (
        <Folded title="Item" isOpenAtFirst={trace.status !== 'succeeded'}>
          <DataValue label="Item" withLabel={false} value={trace.item} />
        </Folded>
      )}
      {trace.stages.filter((stage) => stage !== failed).map(cardOf)}
    </div>
  )
}
