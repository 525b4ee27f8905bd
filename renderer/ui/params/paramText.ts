import { parseDocument } from 'yaml'
import type { Json } from '../../../shared/json.ts'
import type { Param } from '../../../shared/param.ts'

/** How a param is edited: by its type in the chain. */
export type ParamKind = 'text' | 'number' | 'switch' | 'data'

export function paramKind({ type }: Param): ParamKind {
  if (type === 'string') return 'text'
  if (type === 'number' || type === 'integer') return 'number'
  return type === 'boolean' ? 'switch' : 'data'
}

/** Lists and objects are typed as JSON (or YAML, of which JSON is a part); null: it cannot be read. */
export function readData(text: string): { readonly value: Json } | null {
  const document = parseDocument(text)
  return document.errors.length > 0 ? null : { value: document.toJS() as Json }
}
