import { createPyramid, type StatePyramid, totalCounts, updatePyramid } from './statePyramid.ts'

/**
 * One run's cells as the grid's parts share them: the canvas draws what changed, the legend counts. Lives outside React,
 * since thousands of cells change in a second.
 */
export interface GridModel {
  readonly pyramid: StatePyramid
  /** Compares with the states known so far and tells everybody what changed. Nothing to do for a version seen before. */
  follow(states: Uint8Array, version: number): void
  /** Cells by state code; the same array until something changes. */
  totals(): readonly number[]
  /** `changed`: positions in the states. Returns what ends it. */
  listen(listener: (changed: readonly number[]) => void): () => void
}

export function createGridModel(items: number, stages: number): GridModel {
  const pyramid = createPyramid(items, stages)
  const listeners = new Set<(changed: readonly number[]) => void>()
  let totals = totalCounts(pyramid)
  let seen: { states: Uint8Array; version: number } | null = null
  return {
    pyramid,
    follow(states, version) {
      if (seen?.states === states && seen.version === version) return
      seen = { states, version }
      const changed = updatePyramid(pyramid, states, null)
      if (changed.length === 0) return
      totals = totalCounts(pyramid)
      for (const listener of listeners) listener(changed)
    },
    totals: () => totals,
    listen(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
