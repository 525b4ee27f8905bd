/** As a model's name: whichever model the server lists first. For local servers found by their address alone. */
export const FIRST_LISTED_MODEL = 'first-listed'

/** The name to send. Asks the server once; a server that has no model yet is asked again next time. null: it has none. */
export function createModelResolver(
  list: (signal: AbortSignal) => Promise<readonly string[]>,
): (model: string, signal: AbortSignal) => Promise<string | null> {
  let found: string | null = null
  return async (model, signal) => {
    if (model !== FIRST_LISTED_MODEL) return model
    // Models that only embed stand in the same list.
    found ??= (await list(signal)).find((name) => !/embed/i.test(name)) ?? null
    return found
  }
}
