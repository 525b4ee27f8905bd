import { isJsonObject, type Json } from '../json.ts'
import { isSameOutput } from './sameOutput.ts'

/** A place at which an output is another than the base's. */
export type FieldDifference =
  | { readonly kind: 'added'; readonly path: FieldPath; readonly value: Json }
  | { readonly kind: 'removed'; readonly path: FieldPath; readonly before: Json }
  | { readonly kind: 'changed'; readonly path: FieldPath; readonly before: Json; readonly value: Json }

type FieldPath = readonly (string | number)[]

/** Field by field, list entries by their place; in the order of the base, then of what came in. Empty: they are the same. */
export function fieldDiff(base: Json, value: Json, path: FieldPath = []): readonly FieldDifference[] {
  if (isSameOutput(base, value)) return []
  const [before, after] = [entriesOf(base), entriesOf(value)]
  const isSameShape = Array.isArray(base) === Array.isArray(value)
  if (before === null || after === null || !isSameShape) return [{ kind: 'changed', path, before: base, value }]
  const names = new Set([...before.keys(), ...after.keys()])
  return [...names].flatMap((name): readonly FieldDifference[] => {
    const [old, now] = [before.get(name), after.get(name)]
    const place = [...path, name]
    if (now === undefined) return old === undefined ? [] : [{ kind: 'removed', path: place, before: old }]
    return old === undefined ? [{ kind: 'added', path: place, value: now }] : fieldDiff(old, now, place)
  })
}

/** `lines[2].total`; the whole value is `the whole answer`. */
export function fieldName(path: FieldPath): string {
  if (path.length === 0) return 'the whole answer'
  return path.map((step, at) => (typeof step === 'number' ? `[${step}]` : at === 0 ? step : `.${step}`)).join('')
}

function entriesOf(value: Json): ReadonlyMap<string | number, Json> | null {
  if (Array.isArray(value)) return new Map(value.map((entry: Json, at) => [at, entry]))
  return isJsonObject(value) ? new Map(Object.entries(value)) : null
}
