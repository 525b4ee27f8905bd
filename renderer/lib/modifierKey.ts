/** `⌘` on a Mac, `Ctrl+` elsewhere. */
export function modifierKey(): string {
  return /Mac|iP(hone|ad)/.test(navigator.userAgent) ? '⌘' : 'Ctrl+'
}
