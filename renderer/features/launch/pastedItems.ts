/** What a person pastes in place of a file. */
export type Pasted = 'urls' | 'text'

/** Addresses stand on a line each; texts are parted by a line of dashes. Empty ones are none. */
export function pastedItems(what: Pasted, text: string): string[] {
  const parts = what === 'urls' ? text.split(/\r?\n/) : text.split(/^-{3,}[ \t]*$/m)
  return parts.map((part) => part.trim()).filter((part) => part !== '')
}

/** null: all can be taken. */
export function pastedProblem(what: Pasted, items: readonly string[]): string | null {
  if (what === 'text') return null
  const wrong = items.find((address) => !isWebAddress(address))
  return wrong === undefined ? null : `This is no web address: ${wrong}`
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\/\S+$/i.test(text) && URL.canParse(text)
}
