import type { Band, EstimateOutcome, MixEstimate } from '../../../shared/estimate.ts'
import { isJsonObject, type Json } from '../../../shared/json.ts'
import { calibrated, calibration, type Outcome } from '../../core/estimate/calibrate.ts'
import type { RecordStore, StoredRecord } from '../../ports/recordStore.ts'
import type { RunStore, StoredRun } from '../../ports/runStore.ts'
import type { EstimatedMix } from './mixEstimate.ts'

/** What was said of a chain before a run, kept until one comes of it, and then with what came of it. */
interface KeptEstimate {
  readonly items: number
  readonly mixes: readonly KeptMix[]
  readonly outcome: (EstimateOutcome & { readonly mix: string }) | null
}

interface KeptMix {
  readonly name: string
  readonly tiers: MixEstimate['tiers']
  readonly costMicros: Band | null
  readonly durationMs: Band
  /** In the middle, before earlier runs corrected it. */
  readonly rawMicros: number | null
  readonly rawMs: number
}

interface Around {
  readonly records: RecordStore
  readonly store: RunStore
}

/** So many of a chain are kept. */
const MOST_KEPT = 20
/** Runs that are looked at for what came of an estimate. */
const RUNS_LOOKED_AT = 100
/** Where memory answered more than this share, the time says nothing of a run without it. */
const MOST_REMEMBERED = 0.25

/** Keeps what was just estimated, so that the next run of the chain can be held against it. */
export function keepEstimate(
  { records, store }: Around,
  { file, id, items, mixes }: { file: string; id: string; items: number; mixes: readonly EstimatedMix[] },
): void {
  const kept: KeptEstimate = {
    items,
    mixes: mixes.map(({ shown, raw }) => ({
      name: shown.name,
      tiers: shown.tiers,
      costMicros: shown.costMicros,
      durationMs: shown.durationMs,
      rawMicros: raw.costMicros?.p50 ?? null,
      rawMs: raw.durationMs.p50,
    })),
    outcome: null,
  }
  // One that was followed by no run says nothing any more; one whose run goes on waits for what comes of it.
  const goingOn = runsOf(store, file).filter(({ state }) => state.status !== 'completed')
  for (const { id: other, at, body } of records.list('calibration', file))
    if (asKept(body)?.outcome == null && !goingOn.some(({ startedAt }) => startedAt >= at))
      records.remove('calibration', file, other)
  records.put('calibration', file, { id, body: kept as unknown as Json })
  for (const { id: old } of records.list('calibration', file).slice(0, -MOST_KEPT))
    records.remove('calibration', file, old)
}

/** How the runs of a chain came out that were estimated, oldest first. Looks for new ones. */
export function chainOutcomes(around: Around, file: string): readonly EstimateOutcome[] {
  settle(around, file)
  return around.records.list('calibration', file).flatMap(({ body }) => asKept(body)?.outcome ?? [])
}

/** What these say of an estimate of the same chain. */
export function calibrationOf(
  { records }: Around,
  file: string,
): { cost(band: Band): Band; duration(band: Band): Band } {
  const kept = records.list('calibration', file).flatMap(({ body }) => asKept(body) ?? [])
  const of = (estimated: (mix: KeptMix) => number | null, actual: (outcome: EstimateOutcome) => number | null) =>
    kept.flatMap(({ mixes, outcome }): readonly Outcome[] => {
      const mix = mixes.find(({ name }) => name === outcome?.mix)
      const [said, came] = [mix === undefined ? null : estimated(mix), outcome === null ? null : actual(outcome)]
      return said === null || came === null ? [] : [{ estimated: said, actual: came }]
    })
  const costs = of(
    ({ rawMicros }) => rawMicros,
    ({ actualMicros }) => actualMicros,
  )
  const times = of(
    ({ rawMs }) => rawMs,
    ({ actualMs }) => actualMs,
  )
  return {
    cost: (band) => calibrated(band, calibration(band, costs)),
    duration: (band) => calibrated(band, calibration(band, times)),
  }
}

function settle({ records, store }: Around, file: string): void {
  const stored = records.list('calibration', file)
  const open = stored.filter(({ body }) => asKept(body)?.outcome === null)
  if (open.length === 0) return
  const used = new Set(stored.flatMap(({ body }) => asKept(body)?.outcome?.run ?? []))
  const runs = runsOf(store, file)
    .filter(({ run }) => !used.has(run))
    .toSorted((a, b) => a.startedAt - b.startedAt)
  for (const one of open) {
    const settled = settledBy(one, runs)
    if (settled !== null) records.put('calibration', file, { id: one.id, body: settled as unknown as Json })
  }
}

function runsOf(store: RunStore, file: string): readonly StoredRun[] {
  return store
    .runs({ kind: 'batch', limit: RUNS_LOOKED_AT, before: null })
    .filter(({ chainFile }) => chainFile === file)
}

/** The first run after it that is done, as large as it said, and made in one of the ways that it spoke of. */
function settledBy({ at, body }: StoredRecord, runs: readonly StoredRun[]): KeptEstimate | null {
  const kept = asKept(body)
  if (kept === null) return null
  for (const run of runs) {
    if (run.startedAt < at || run.state.status !== 'completed' || run.revision > 0) continue
    if (run.items !== kept.items) continue
    const mix = kept.mixes.find(({ tiers }) =>
      run.stages.every(({ id, tier }) => tier === null || tiers[id] === undefined || tiers[id] === tier),
    )
    if (mix !== undefined) return { ...kept, outcome: { ...outcomeOf(run, mix), mix: mix.name } }
  }
  return null
}

function outcomeOf({ run, endedAt, startedAt, items, totals, activeMs }: StoredRun, mix: KeptMix): EstimateOutcome {
  const asked = totals.calls + totals.remembered
  const share = asked === 0 ? 0 : totals.remembered / asked
  return {
    run,
    at: endedAt ?? startedAt,
    items: items ?? 0,
    estimatedMicros: mix.costMicros,
    actualMicros: totals.unpricedCalls > 0 ? null : totals.costMicros + totals.savedMicros,
    estimatedMs: mix.durationMs,
    actualMs: share > MOST_REMEMBERED ? null : activeMs / (1 - share),
  }
}

/** Our own records are what we wrote; null: one of another build. */
function asKept(body: Json): KeptEstimate | null {
  return isJsonObject(body) && 'mixes' in body && 'outcome' in body ? (body as unknown as KeptEstimate) : null
}
