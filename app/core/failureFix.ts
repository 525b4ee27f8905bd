import { assertNever } from '../../shared/assertNever.ts'
import type { Failure } from '../../shared/failure.ts'
import { type FailedWith, isAnswerCut } from '../../shared/failureCause.ts'
import { formatCount, formatDuration } from '../../shared/format.ts'
import type { StageOverride } from '../../shared/run.ts'
import type { FailureFix } from '../../shared/runChange.ts'
import type { Usage } from '../../shared/usage.ts'
import type { PlannedModelStage } from './plan.ts'

/** What is known of one of the items that failed for the same cause. */
export interface FixFacts {
  readonly error: FailedWith
  /** In full; null: only `error` is known. */
  readonly failure: Failure | null
  /** The model stage that failed, which may stand inside a map. null: it is of another kind, or in a used chain. */
  readonly model: FixableStage | null
  /** Of its last attempt; null: not known. */
  readonly usage: Usage | null
  /** Those that are ready, from the cheapest to the best. */
  readonly tiers: readonly ReadyTier[]
}

export type FixableStage = Pick<
  PlannedModelStage,
  'id' | 'tier' | 'maxTokens' | 'timeoutMs' | 'policy' | 'tooLong' | 'escalate'
>

export interface ReadyTier {
  readonly name: string
  readonly isPriceKnown: boolean
}

/** Beyond it many models refuse the call. */
const MOST_TOKENS = 32_768
const MOST_REPAIRS = 5
const MOST_TIMEOUT_MS = 3_600_000

/** What to do about a cause. A `change` differs from what the stage is set to now, so that trying it can tell something. */
export function proposeFix(facts: FixFacts): FailureFix {
  const { kind } = facts.error
  switch (kind) {
    case 'too_long':
      return fixOfTooLong(facts)
    case 'invalid_output':
      return fixOfInvalid(facts)
    case 'refused':
      return (
        askBetter(facts, 'Another model may answer what this one declines.') ??
        edit('chain', 'Change the instructions', 'The model declines; say more plainly what is asked, and why.')
      )
    case 'timeout':
      return fixOfTimeout(facts)
    case 'rate_limited':
      return retry('The provider took no more calls for a while; that heals by itself.')
    case 'provider':
      return fixOfProvider(facts)
    case 'auth':
      return edit('settings', 'Open the settings', "The tier's key is not accepted: set the right one.")
    case 'invalid_input':
      return edit('chain', 'Edit the chain', 'What the stage is given does not have the shape that it asks for.')
    case 'expression':
      return edit('chain', 'Edit the expression', 'It does not hold for items like this one.')
    case 'source':
      return edit('items', 'Look at the items', 'They are missing, broken, or of a kind that is not read.')
    case 'budget':
      return edit('settings', 'Raise the budget', 'The next call could have gone over it.')
    case 'cancelled':
      return retry('It was given up before it was done.')
    case 'internal':
      return retry('This is a fault in Jacquard. If it happens again, report it with its message.')
    default:
      return assertNever(kind)
  }
}

function fixOfTooLong(facts: FixFacts): FailureFix {
  const { error, failure, model } = facts
  if (model === null) return edit('chain', 'Edit the chain', 'Raise its limit, or ask for less.')
  const isCut = isAnswerCut(error.message) || (failure?.kind === 'too_long' && failure.raw !== null)
  if (isCut) return fixOfCutAnswer(facts, model)
  if (model.tooLong === 'split')
    return edit('chain', 'Shorten the prompt', 'Even in parts there is no room for the input beside it.')
  return change(
    model,
    { tooLong: 'split' },
    {
      label: 'Ask in parts and combine the answers',
      why: 'The input does not fit into one call of this model.',
    },
  )
}

function fixOfCutAnswer(facts: FixFacts, model: FixableStage): FailureFix {
  const written = tokensWritten(facts)
  const had = model.maxTokens ?? written
  // Cut well before its limit: it was the model's context that ended.
  const isContext = model.maxTokens !== null && written !== null && written < model.maxTokens * 0.9
  const ofContext = "The answer ended with the model's context; a better model may have more room."
  const most = had === null ? null : Math.min(model.maxTokens === null ? roundUp(had * 4) : had * 4, MOST_TOKENS)
  if (isContext || facts.error.message.includes("by the end of the model's context"))
    return askBetter(facts, ofContext) ?? edit('chain', 'Shorten the prompt', 'That leaves more room for the answer.')
  if (most === null || had === null || most <= had)
    return edit('chain', 'Ask for a shorter answer', 'Few models write more than this in one answer.')
  return change(
    model,
    { maxTokens: most },
    {
      label: `Raise the answer's limit to ${formatCount(most)} tokens`,
      why: `It was cut off at ${formatCount(had)}; only what is written is paid for.`,
    },
  )
}

/** Tokens of the answer that was cut off. */
function tokensWritten({ usage, error }: FixFacts): number | null {
  if (usage !== null && usage.outputTokens > 0) return usage.outputTokens
  const said = Number(/cut off (?:at|after) (\d+) tokens/.exec(error.message)?.[1] ?? 0)
  return said > 0 ? said : null
}

/** To the next power of two, as limits are usually written; not below 256. */
function roundUp(tokens: number): number {
  return 2 ** Math.ceil(Math.log2(Math.max(256, tokens)))
}

function fixOfInvalid(facts: FixFacts): FailureFix {
  const { model } = facts
  const advice = 'Make the schema or the prompt say more plainly what is wanted.'
  if (model === null) return edit('chain', 'Edit the chain', advice)
  const better = nextBetter(facts)
  if (better !== null && model.escalate === null)
    return change(
      model,
      { escalate: better.name },
      {
        label: `Ask ${better.name} where the answer stays invalid`,
        why: withPrice(better, 'A better model keeps to a schema more often; only what stays invalid goes there.'),
      },
    )
  const { repairs } = model.policy
  const more = Math.min(MOST_REPAIRS, repairs + 2)
  if (more <= repairs) return edit('chain', 'Edit the schema or the prompt', advice)
  return change(
    model,
    { repair: more },
    {
      label: `Allow ${more} repairs of an answer`,
      why: 'Each tells the model what was wrong with its answer.',
    },
  )
}

function fixOfTimeout({ model }: FixFacts): FailureFix {
  const timeoutMs = model === null ? null : Math.min(model.timeoutMs * 3, MOST_TIMEOUT_MS)
  if (model === null || timeoutMs === null || timeoutMs <= model.timeoutMs)
    return retry('No answer came in time; a server that is less busy may give one.')
  return change(
    model,
    { timeout: timeoutMs / 1000 },
    {
      label: `Wait up to ${formatDuration(timeoutMs)} for an answer`,
      why: `None came within ${formatDuration(model.timeoutMs)}.`,
    },
  )
}

function fixOfProvider({ error, failure }: FixFacts): FailureFix {
  switch (failure?.kind === 'provider' ? failure.cause : causeSaid(error.message)) {
    case 'transient':
      return retry('The provider was in trouble, or the connection was; that heals by itself.')
    case 'backend':
      return edit('settings', 'Open the settings', 'No call of this tier can succeed as it is set up.')
    case 'request':
      return /It asks to wait \d+ minutes\.$/.test(error.message)
        ? retry('The server asks to be left alone for so long; ask again then.')
        : edit('chain', 'Edit the chain', 'The provider does not take this request; asking again would not help.')
  }
}

/** Where only the message is known. */
function causeSaid(message: string): Extract<Failure, { kind: 'provider' }>['cause'] {
  if (/knows no such model or address|no credit left|lists no model|no simulated model/.test(message)) return 'backend'
  if (/refused the request|cannot see images|may not set|It asks to wait/.test(message)) return 'request'
  return /^The certificate of \S+ is not accepted/.test(message) ? 'backend' : 'transient'
}

function askBetter(facts: FixFacts, why: string): FailureFix | null {
  const better = nextBetter(facts)
  if (facts.model === null || better === null) return null
  return change(
    facts.model,
    { tier: better.name },
    { label: `Ask ${better.name} instead`, why: withPrice(better, why) },
  )
}

/** The tier behind the one that is asked; null: there is none. */
function nextBetter({ model, tiers }: FixFacts): ReadyTier | null {
  const at = tiers.findIndex(({ name }) => name === model?.tier)
  return at < 0 ? null : (tiers[at + 1] ?? null)
}

function withPrice({ isPriceKnown }: ReadyTier, why: string): string {
  return isPriceKnown ? why : `${why} What it costs is not known.`
}

function change({ id }: FixableStage, override: StageOverride, said: Pick<FailureFix, 'label' | 'why'>): FailureFix {
  return { kind: 'change', ...said, stages: { [id]: override }, place: null }
}

function retry(why: string): FailureFix {
  return { kind: 'retry', label: 'Ask again', why, stages: {}, place: null }
}

function edit(place: NonNullable<FailureFix['place']>, label: string, why: string): FailureFix {
  return { kind: 'edit', label, why, stages: {}, place }
}
