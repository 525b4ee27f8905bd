import { useMemo } from 'react'
import { parseChain } from '../../../shared/chainDocument.ts'
import { type ComparedRow, compareRows } from '../../../shared/compare/compareRows.ts'
import type { Comparison } from '../../../shared/compare/comparison.ts'
import { expectedOutputs } from '../../../shared/compare/expectedOutputs.ts'
import { type Recommendation, recommendTiers } from '../../../shared/compare/recommendTiers.ts'
import { bestVariant, recommendVariant, type VariantAdvice } from '../../../shared/compare/recommendVariant.ts'
import { NOTHING_EXPECTED, summarizeVariant, type VariantSummary } from '../../../shared/compare/summarizeVariant.ts'
import { DEFAULT_TIER } from '../../../shared/stages.ts'
import { findStage } from '../../../shared/stageTree.ts'
import { drawnTier } from '../../lib/drawnTier.ts'
import { useCompareStore } from '../../stores/compareStore.ts'
import { useHostStore } from '../../stores/hostStore.ts'
import { useWorkerStore } from '../../stores/workerStore.ts'

/** A comparison with all that is made of it. */
export interface Compared {
  readonly comparison: Comparison
  /** The variant that the others are held against. */
  readonly base: string
  readonly rows: readonly ComparedRow[]
  /** In the order of the variants. */
  readonly summaries: readonly VariantSummary[]
  readonly advice: VariantAdvice | null
  readonly recommendation: Recommendation | null
  /** No model was called. */
  readonly simulated: boolean
}

/** The newest comparison of the open chain; null: there is none. */
export function useCompared(): Compared | null {
  const comparison = useCompareStore((state) => state.comparison)
  const chosen = useCompareStore((state) => state.base)
  const suite = useCompareStore((state) => state.suite)
  const tiers = useHostStore((state) => state.tiers)
  const workers = useWorkerStore((state) => state.workers)
  return useMemo(() => {
    if (comparison === null) return null
    const { variants, text, stage, cells } = comparison
    const names = variants.map(({ name }) => name)
    const base = names.find((name) => name === chosen) ?? names.at(-1) ?? ''
    const rows = compareRows(comparison, base)
    const expected = suite === null ? NOTHING_EXPECTED : expectedOutputs(suite, stage)
    const summaries = names.map((variant) => summarizeVariant(rows, { variant, base, expected }))
    const reference = bestVariant(summaries, base)?.variant ?? base
    const { chain, graph } = parseChain(text)
    const drawn = (id: string) => {
      const placed = chain === null ? null : findStage(chain, id)
      return placed === null ? DEFAULT_TIER : (drawnTier(placed.stage, workers) ?? DEFAULT_TIER)
    }
    const recommendation =
      chain === null || graph === null
        ? null
        : recommendTiers({ chain, graph, variants, rows, reference, stage, drawnTier: drawn })
    const called = new Set(cells.flatMap((cell) => Object.values(cell.stages).map(({ tier }) => tier)))
    const ofCalls = tiers.filter(({ name }) => called.has(name))
    return {
      comparison,
      base,
      rows,
      summaries,
      advice: recommendVariant(summaries, base),
      recommendation,
      simulated: ofCalls.length > 0 && ofCalls.every(({ backend }) => backend === 'simulated'),
    }
  }, [comparison, chosen, suite, tiers, workers])
}
