import { Tooltip } from '@mantine/core'
import { assertNever } from '../../../shared/assertNever.ts'
import { failureText } from '../../../shared/failureText.ts'
import { formatDuration, formatUsd } from '../../../shared/format.ts'
import type { Attempt, PackShare } from '../../../shared/trace.ts'
import { DataValue } from '../DataValue.tsx'
import { Money } from '../Money.tsx'
import { AskedInRun } from './AskedInRun.tsx'
import classes from './AttemptList.module.css'
import { Folded } from './Folded.tsx'
import { TokenCount } from './TokenCount.tsx'

interface AttemptListProps {
  readonly attempts: readonly Attempt[]
  readonly simulated: boolean
}

const PURPOSES: Record<Exclude<Attempt['purpose'], 'remembered'>, string> = {
  first: 'asked',
  retry: 'asked again',
  repair: 'asked to repair its answer',
  escalate: 'asked as the better tier',
}

/** Every try of one stage, in order: why, with which model, what came of it, what it cost. */
export function AttemptList({ attempts, simulated }: AttemptListProps) {
  return (
    <ol className={classes.root}>
      {attempts.map((attempt) => (
        <li key={attempt.number} className={classes.attempt}>
          <div className={classes.line}>
            <span className={classes.number}>{attempt.number}</span>
            <span>
              <WhatWasAsked attempt={attempt} />
            </span>
          </div>
          <div className={classes.figures}>
            <span>{timeText(attempt)}</span>
            {attempt.usage !== null && <TokenCount usage={attempt.usage} />}
            {attempt.usage !== null && <Money micros={attempt.costMicros} simulated={simulated} />}
            {attempt.purpose === 'remembered' && <span>as it was then: nothing is spent again</span>}
            <Unsettled attempt={attempt} />
          </div>
          {attempt.pack !== null && <p className={classes.figures}>{packText(attempt.pack)}</p>}
          <Folded title={attempt.purpose === 'remembered' ? 'What came back' : 'What was sent, what came back'}>
            {attempt.request.instructions !== null && (
              <DataValue label="Instructions" value={attempt.request.instructions} />
            )}
            {turns(attempt).map((turn) => (
              <DataValue
                key={turn.number}
                label={`${turn.number}. ${turn.role}${turn.images === undefined ? '' : `, shown ${turn.images.join(', ')}`}`}
                value={turn.text}
              />
            ))}
            <Answer attempt={attempt} />
          </Folded>
        </li>
      ))}
    </ol>
  )
}

function WhatWasAsked({ attempt }: { readonly attempt: Attempt }) {
  const { purpose, rememberedFrom } = attempt
  const who = attempt.model ?? 'The server'
  if (purpose !== 'remembered') return `${who} ${PURPOSES[purpose]}: ${outcomeText(attempt)}`
  return (
    <>
      From memory: {who} was asked {rememberedFrom === null ? 'before' : <AskedInRun run={rememberedFrom} />}
    </>
  )
}

/** Money of a call whose cost is not known yet, or never will be. */
function Unsettled({ attempt }: { readonly attempt: Attempt }) {
  const { reservedMicros, costMicros, outcome } = attempt
  if (reservedMicros === null || costMicros !== null) return null
  if (outcome.status === 'running')
    return (
      <Tooltip label="The most this call can cost. The budget holds it back until the answer is there.">
        <span>up to {formatUsd(reservedMicros)} set aside</span>
      </Tooltip>
    )
  if (outcome.status !== 'lost' && !(outcome.status === 'failed' && outcome.failure.kind === 'timeout')) return null
  return (
    <Tooltip label="Its answer never came. The provider may have billed it; the budget counts it as if it had.">
      <span>perhaps billed, up to {formatUsd(reservedMicros)}</span>
    </Tooltip>
  )
}

function timeText({ latencyMs, outcome }: Attempt): string {
  if (latencyMs !== null) return formatDuration(latencyMs)
  return outcome.status === 'running' ? 'in flight' : 'never ended'
}

function Answer({ attempt: { outcome } }: { attempt: Attempt }) {
  switch (outcome.status) {
    case 'succeeded':
      return <DataValue label="Answer" value={outcome.text} />
    case 'failed': {
      const raw = 'raw' in outcome.failure ? outcome.failure.raw : null
      return (
        <>
          {raw !== null && <DataValue label="Answer" value={raw} />}
          <DataValue label="Failure" value={outcome.failure.message} />
        </>
      )
    }
    case 'running':
    case 'lost':
      return null
    default:
      return assertNever(outcome)
  }
}

function packText({ size, reason, id }: PackShare): string {
  const reasons: Record<PackShare['reason'], string> = {
    size: 'the call was full',
    tokens: 'the call could hold no more tokens',
    within: 'its time was up',
    end: 'nothing more could come',
    again: 'an earlier call had left it open',
  }
  return `In one call with ${size - 1} ${size === 2 ? 'other' : 'others'} as ${id}, sent because ${reasons[reason]}. Tokens and cost are its share.`
}

function turns({ request }: Attempt) {
  return request.messages.map((message, index) => ({ ...message, number: index + 1 }))
}

function outcomeText({ outcome }: Attempt): string {
  switch (outcome.status) {
    case 'running':
      return 'waiting for the answer'
    case 'succeeded':
      return 'answered'
    case 'failed':
      return failureText(outcome.failure).title.toLowerCase()
    case 'lost':
      return 'in flight when Jacquard ended; perhaps billed, its answer is lost'
    default:
      return assertNever(outcome)
  }
}
