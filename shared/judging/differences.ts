import { isJsonObject, type Json } from '../json.ts'

/** One place where a value is not as expected. undefined: nothing is there, or nothing is expected there. */
export interface Difference {
  readonly path: readonly string[]
  readonly actual: Json | undefined
  readonly expected: Json | undefined
}

/** Where two values differ, the smallest parts that do, in the order of the expected one. The order of keys does not count. */
export function differences(
  actual: Json | undefined,
  expected: Json | undefined,
  path: readonly string[] = [],
): readonly Difference[] {
  if (Array.isArray(actual) && Array.isArray(expected)) {
    const longer = Math.max(actual.length, expected.length)
    return Array.from({ length: longer }, (_, index) => index).flatMap((index) =>
      differences(actual[index], expected[index], [...path, String(index + 1)]),
    )
  }
  if (isJsonObject(actual) && isJsonObject(expected)) {
    const keys = [...new Set([...Object.keys(expected), ...Object.keys(actual)])]
    return keys.flatMap((key) => differences(own(actual, key), own(expected, key), [...path, key]))
  }
  return actual === expected ? [] : [{ path, actual, expected }]
}

function own(value: { readonly [key: string]: Json }, key: string): Json | undefined {
  return Object.hasOwn(value, key) ? value[key] : undefined
}
