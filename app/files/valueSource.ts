import type { Json } from '../../shared/json.ts'
import type { ItemSource, SourceEntry } from '../ports/source.ts'

/** Items that are at hand already: pasted text, the one item of a test run. */
export function valueSource(
  label: string,
  items: readonly { readonly key: string; readonly value: Json }[],
): ItemSource {
  return {
    label,
    grows: false,
    count: () => Promise.resolve(items.length),
    keys: () => null,
    async *entries(from, signal) {
      const entries = items.map(
        ({ key, value }, index): SourceEntry => ({
          index,
          key,
          source: null,
          bytes: null,
          load: () => ({ ok: true, value }),
        }),
      )
      if (!signal.aborted) yield await Promise.resolve(entries.slice(from))
    },
    finish: () => undefined,
    close: () => Promise.resolve(),
  }
}
