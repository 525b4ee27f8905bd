/**
 * Texts that this browser or app keeps between visits: what was changed and not saved when the window closed. Where
 * nothing can be kept (a private window, no room), nothing is: the text is still in the window.
 */
export function keepText(key: string, text: string | null): void {
  try {
    if (text === null) globalThis.localStorage?.removeItem(PREFIX + key)
    else globalThis.localStorage?.setItem(PREFIX + key, text)
  } catch (error) {
    if (!(error instanceof DOMException)) throw error
  }
}

/** null: nothing was kept. */
export function keptText(key: string): string | null {
  return globalThis.localStorage?.getItem(PREFIX + key) ?? null
}

const PREFIX = 'jacquard.unsaved.'
