import type { ChainEdit } from '../../../../shared/chainEdit.ts'
import { isJsonObject } from '../../../../shared/json.ts'

type Path = readonly (string | number)[]

/**
 * The smallest edits that turn one value of the document into another, so that comments and the way of writing of
 * everything that did not change survive. Where keys change their order, their map is written anew.
 */
export function valueEdits(path: Path, before: unknown, after: unknown): readonly ChainEdit[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return []
  if (!isJsonObject(before) || !isJsonObject(after) || !keepsOrder(before, after))
    return [{ kind: 'set', path, value: after }]
  const removed = Object.keys(before).filter((key) => !(key in after))
  return [
    ...removed.map((key): ChainEdit => ({ kind: 'set', path: [...path, key], value: undefined })),
    ...Object.entries(after).flatMap(([key, entry]) => valueEdits([...path, key], before[key], entry)),
  ]
}

/** Keys that stay keep their order, and new ones stand behind them. */
function keepsOrder(before: object, after: object): boolean {
  const stay = Object.keys(before).filter((key) => key in after)
  return Object.keys(after)
    .slice(0, stay.length)
    .every((key, index) => key === stay[index])
}
