import type { RunPreview } from '../../../shared/runChange.ts'

/** What both would ask for. */
export function addPreviews(a: RunPreview, b: RunPreview): RunPreview {
  return {
    items: a.items === null || b.items === null ? null : a.items + b.items,
    calls: a.calls + b.calls,
    remembered: a.remembered + b.remembered,
    costMicros: a.costMicros === null || b.costMicros === null ? null : a.costMicros + b.costMicros,
    isPricePartial: a.isPricePartial || b.isPricePartial,
    savedMicros: a.savedMicros + b.savedMicros,
    isExact: a.isExact && b.isExact,
    simulated: a.simulated && b.simulated,
  }
}
