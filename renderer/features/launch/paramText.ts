import { parseDocument } from 'yaml'
import type { Json } from '../../../shared/json.ts'

/** How a param is edited: by the type of its default in the chain. */
export type ParamKind = 'text' | 'number' | 'switch' | 'data'

export function paramKind(value: Json): ParamKind {
  if (typeof value === 'string') return 'text'
  if (typeof value === 'number') return 'number'
  if (typeof value === 'boolean') return 'switch'
  return 'data'
}

/** Lists and objects are typed as JSON (or YAML, of which JSON is a part); null: it cannot be read. */
export function readData(text: string): { readonly value: Json } | null {
  const document = parseDocument(text)
  return document.errors.length > 0 ? null : { value: document.toJS() as Json }
}
