import type { ItemRead } from '../ports/source.ts'

/** What `load` gives for an item that cannot be read; `message` is a sentence that a person can act on. */
export function itemFailure(message: string): ItemRead {
  return { ok: false, failure: { kind: 'source', message } }
}

/** What `load` gives when it was told to give up. */
export function loadGivenUp(): ItemRead {
  return { ok: false, failure: { kind: 'cancelled', message: 'It was given up before it was read to its end.' } }
}
