import { assertNever } from './assertNever.ts'
import type { Failure, FailureKind } from './failure.ts'
import { formatDuration } from './format.ts'

/** A failure in words: the screens and the command line say the same. */
export interface FailureText {
  /** `Rate limited` */
  readonly title: string
  /** What happened and why, in general; the failure's own `message` has the particulars. */
  readonly explanation: string
  /** What the person can do now. */
  readonly next: string
}

/** Of a kind alone, as result lines and item errors have it. */
export function failureKindText(kind: FailureKind): FailureText {
  switch (kind) {
    case 'invalid_input':
      return {
        title: 'Invalid input',
        explanation: "The stage's input does not have the shape that the stage asks for.",
        next: 'Compare the input shown here with what the stage expects, and change the expressions that build it.',
      }
    case 'invalid_output':
      return {
        title: 'Invalid answer',
        explanation: "The answer does not fit the stage's output schema, also when it was asked for again.",
        next: 'Make the schema or the prompt say more plainly what is wanted, allow more repairs, or try a better tier.',
      }
    case 'too_long':
      return {
        title: 'Too long',
        explanation: 'The request or the answer went over its limit; a half answer is never kept.',
        next: 'Raise the limit of the answer (`maxTokens`, of a fetch `maxBytes`), shorten the prompt, let the stage cut or split it (`tooLong`), or choose a model with more room.',
      }
    case 'refused':
      return {
        title: 'Refused',
        explanation: 'The model declined to answer this item.',
        next: 'Read its words. Change the instructions if it misunderstood, or try another tier.',
      }
    case 'rate_limited':
      return {
        title: 'Rate limited',
        explanation: 'The provider took no more requests, also after all retries.',
        next: "Retry the failed items later, or lower `requestsPerMinute` or `concurrency` of this tier in the workspace's `jacquard.yaml`.",
      }
    case 'timeout':
      return {
        title: 'Timed out',
        explanation: 'No answer came in the time that one call may take.',
        next: "Raise the stage's `timeout`, or ask for less in one call. A local model may need time to load: retry.",
      }
    case 'provider':
      return {
        title: 'Provider error',
        explanation: 'The provider, or the server that was asked, could not be reached or gave no usable answer.',
        next: 'Read its message. If it is not about this request, retry the failed items in a while.',
      }
    case 'auth':
      return {
        title: 'Key not accepted',
        explanation: "The provider did not accept the tier's key, or the key may not use this model.",
        next: 'Set the right key in the environment variable of this tier, start Jacquard again, then resume.',
      }
    case 'expression':
      return {
        title: 'Expression failed',
        explanation: 'An expression of the chain could not be worked out for this item.',
        next: 'Look at the values it read, shown here, and change the expression so that it also holds for items like this.',
      }
    case 'source':
      return {
        title: 'Item cannot be read',
        explanation: 'The file or row of this item is missing, broken, or of a kind that is not read.',
        next: 'Open the file. Set it right and retry the failed items, or leave it out with `exclude`.',
      }
    case 'budget':
      return {
        title: 'Budget used up',
        explanation: 'The next call could have gone over the budget of the run.',
        next: 'Resume with a higher budget, or choose a cheaper tier.',
      }
    case 'cancelled':
      return {
        title: 'Cancelled',
        explanation: 'The run was cancelled before this was done.',
        next: 'Launch again to have the rest done.',
      }
    case 'internal':
      return {
        title: 'A fault in Jacquard',
        explanation: 'This is not the fault of your chain or of the provider.',
        next: 'Retry the item. If it happens again, report it with the message shown here.',
      }
    default:
      return assertNever(kind)
  }
}

/** Of a failure with its facts. */
export function failureText(failure: Failure): FailureText {
  const text = failureKindText(failure.kind)
  if (failure.kind === 'timeout')
    return { ...text, explanation: `No answer came within ${formatDuration(failure.afterMs)}.` }
  if (failure.kind === 'provider' && failure.cause === 'backend')
    return {
      ...text,
      explanation: 'No request of this tier can succeed as it is set up: an unknown model, or a wrong address.',
      next: "Set the tier's `model` and `baseUrl` right in the workspace's `jacquard.yaml`, then resume.",
    }
  if (failure.kind === 'provider' && failure.cause === 'request')
    return {
      ...text,
      explanation: 'The provider does not take this request as it is; asking again would not help.',
      next: "Read its message and change the stage's prompt, schema or parameters.",
    }
  return text
}
