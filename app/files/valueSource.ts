import type { Json } from '../../shared/json.ts'
import type { ItemSource } from '../ports/source.ts'

/** Items that are at hand already: pasted text, the one item of a test run. */
export function valueSource(
  label: string,
  items: readonly { readonly key: string; readonly value: Json }[],
): ItemSource {
  return {
    label,
    count: () => Promise.resolve(items.length),
    keys: () => null,
    async *entries(from) {
      const entries = items.map(({ key, value }, index) => ({
        index,
        key,
        bytes: null,
        load: () => ({ ok: true, value }) as const,
      }))
      yield await Promise.resolve(entries.slice(from))
    },
    close: () => Promise.resolve(),
  }
}
