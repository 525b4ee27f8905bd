/**
 * Tokens an answer may have where neither stage nor tier says. What a provider that insists on a limit is sent, and what
 * every call is sent that a budget holds: nothing else bounds its price.
 */
export const DEFAULT_MAX_TOKENS = 8192
