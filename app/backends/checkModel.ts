import type { Failure } from '../../shared/failure.ts'
import type { Connection } from './connection.ts'
import { failureOfError } from './failures.ts'

/** Nobody waits longer for what only spares a few failed calls. */
const LONGEST_MS = 3000

interface Check {
  readonly model: string
  readonly signal: AbortSignal
  /** Asks the provider for the model, without calling it. */
  ask(signal: AbortSignal): Promise<Failure | null>
}

/**
 * What an answer says against every call to this model: that the key is not accepted, or that there is no such model. null:
 * nothing, or it is not to be told; whatever else goes wrong is left to the calls, which are asked again. Rejects only with the
 * reason of `signal`.
 */
export async function checkModel(connection: Connection, { model, signal, ask }: Check): Promise<Failure | null> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(LONGEST_MS)])
  try {
    return await ask(limited)
  } catch (error) {
    signal.throwIfAborted()
    if (limited.aborted) return null
    const failure = failureOfError(connection, error, { model, messages: [] })
    return saysNo(failure) ? failure : null
  }
}

/** A key that may call models and not look them up, which some are made for. */
const MAY_NOT_LOOK_UP = /insufficient permissions|missing scopes?/i

function saysNo(failure: Failure): boolean {
  if (failure.kind === 'auth') return !MAY_NOT_LOOK_UP.test(failure.message)
  return failure.kind === 'provider' && failure.cause === 'backend' && failure.httpStatus === 404
}
