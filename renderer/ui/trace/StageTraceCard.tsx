import type { ReactNode } from 'react'
import { formatDuration } from '../../../shared/format.ts'
import type { Tier } from '../../../shared/tier.ts'
import type { StageTrace } from '../../../shared/trace.ts'
import { DataValue } from '../DataValue.tsx'
import { FailureNotice } from '../FailureNotice.tsx'
import { Money } from '../Money.tsx'
import { SavedMoney } from '../SavedMoney.tsx'
import { StateGlyph } from '../StateGlyph.tsx'
import { TierBadge } from '../TierBadge.tsx'
import { AttemptList } from './AttemptList.tsx'
import { Folded } from './Folded.tsx'
import { InnerTraces } from './InnerTraces.tsx'
import { RetryCountdown } from './RetryCountdown.tsx'
import classes from './StageTraceCard.module.css'
import { TokenCount } from './TokenCount.tsx'

export interface StageTraceCardProps {
  readonly trace: StageTrace
  /** By which the tier's badge is drawn. */
  readonly tiers: readonly Tier[]
  readonly simulated: boolean
  /** In the head, beside the name: the tier picker of the Test screen. */
  readonly aside?: ReactNode
  /** Begins with the prompt in sight, also of a stage that is done. */
  readonly isPromptOpen?: boolean
}

/** What one stage saw, was asked, and gave for one item. */
export function StageTraceCard({ trace, tiers, simulated, aside, isPromptOpen = false }: StageTraceCardProps) {
  const { attempts, failure, input, instructions, prompt, output } = trace
  const tierName = attempts.at(-1)?.tier ?? null
  const lastAnswer = attempts.at(-1)?.outcome
  const rawAnswer = failure !== null && 'raw' in failure ? failure.raw : null
  // Zeros of a stage that has not answered yet say nothing.
  const hasFigures = trace.latencyMs > 0 || trace.usage.outputTokens > 0 || attempts.length > 1
  // Maps and used chains carry the sums of what they hold.
  const hasAsked = trace.kind === 'model' || trace.usage.outputTokens > 0
  const isDone = trace.state === 'succeeded' || trace.state === 'remembered'
  return (
    <article className={classes.root} data-state={trace.state} aria-label={`Stage ${trace.stage}`}>
      <header className={classes.head}>
        <StateGlyph state={trace.state} />
        <h2 className={classes.name}>{trace.stage}</h2>
        {aside ??
          (tierName !== null && (
            <TierBadge name={tierName} tier={tiers.find((tier) => tier.name === tierName) ?? null} withName />
          ))}
      </header>
      {hasFigures && (
        <div className={classes.figures}>
          <span>{formatDuration(trace.latencyMs)}</span>
          {hasAsked && <TokenCount usage={trace.usage} />}
          {hasAsked && <Money micros={costOf(trace)} simulated={simulated} />}
          {trace.savedMicros > 0 && <SavedMoney micros={trace.savedMicros} simulated={simulated} />}
          {attempts.length > 1 && <span>{attempts.length} attempts</span>}
        </div>
      )}
      {trace.retryAt !== null && (
        <p className={classes.reason}>
          <RetryCountdown at={trace.retryAt} />
        </p>
      )}
      {trace.reason !== null && <p className={classes.reason}>{trace.reason}</p>}
      {failure !== null && <FailureNotice failure={failure} />}
      {rawAnswer !== null && rawAnswer !== '' && <DataValue label="Answer as it came" value={rawAnswer} />}
      {isDone && trace.kind !== 'map' && <DataValue label="Output" value={output} />}
      {isDone && lastAnswer?.status === 'succeeded' && typeof output === 'object' && (
        <Folded title="Answer as it came">
          <DataValue label="Text" value={lastAnswer.text} />
        </Folded>
      )}
      {trace.inner.length > 0 && (
        <InnerTraces
          trace={trace}
          cardOf={(inner) => <StageTraceCard key={inner.stage} trace={inner} tiers={tiers} simulated={simulated} />}
        />
      )}
      {/* Its elements say it already, one by one. */}
      {isDone && trace.kind === 'map' && (
        <Folded title="Output" isOpenAtFirst={trace.inner.length === 0}>
          <DataValue label="Output" withLabel={false} value={output} />
        </Folded>
      )}
      {prompt !== null && (
        <Folded title="Prompt as sent" isOpenAtFirst={isPromptOpen || !isDone}>
          {instructions !== null && <DataValue label="Instructions" value={instructions} />}
          <DataValue label="Prompt" value={prompt} />
        </Folded>
      )}
      {input !== null && (
        <Folded title="Input">
          <DataValue label="Input" withLabel={false} value={input} />
        </Folded>
      )}
      {attempts.length > 0 && (
        <Folded
          title={attempts.length === 1 ? '1 attempt' : `${attempts.length} attempts`}
          isOpenAtFirst={attempts.length > 1 && !isDone}
        >
          <AttemptList attempts={attempts} simulated={simulated} />
        </Folded>
      )}
    </article>
  )
}

/** A price that is not known must not show as $0. */
function costOf({ attempts, costMicros }: StageTrace): number | null {
  const isUnknown = attempts.some(({ usage, costMicros: cost }) => usage !== null && cost === null)
  return isUnknown && costMicros === 0 ? null : costMicros
}
