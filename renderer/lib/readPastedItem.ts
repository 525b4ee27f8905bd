import { parseDocument } from 'yaml'
import type { Request } from '../../shared/api.ts'

type PastedItem = Extract<Request<'runs.test'>['item'], { value: unknown }>

/** An object pasted as JSON is the item itself; anything else is the text of one, as a file of a folder would be. */
export function readPastedItem(text: string): PastedItem {
  const looksLikeJson = text.trim().startsWith('{') && text.trim().endsWith('}')
  if (looksLikeJson) {
    // JSON is a subset of YAML, and this reader reports instead of throwing.
    const document = parseDocument(text)
    if (document.errors.length === 0) return { value: document.toJS() as PastedItem['value'] }
  }
  return { value: { name: 'pasted', text } }
}
