import { ulid } from 'ulid'
import type { ApiError } from '../../../shared/api.ts'
import type { Comparison, ComparisonRequest } from '../../../shared/compare/comparison.ts'
import { isJsonObject, type Json } from '../../../shared/json.ts'
import type { RunPreview } from '../../../shared/runChange.ts'
import type { Clock } from '../../ports/clock.ts'
import type { RecordStore } from '../../ports/recordStore.ts'
import type { Outcome } from '../run/runManager.ts'
import type { SampleRequest, SampleRuns } from '../sample/sampleRuns.ts'
import { type ComparisonChange, LiveComparison } from './liveComparison.ts'

interface Around {
  readonly sampleRuns: Pick<SampleRuns, 'try' | 'preview'>
  readonly records: RecordStore
  readonly clock: Clock
  onChange(change: ComparisonChange): void
  /** A bug of ours, in what nobody waits for. */
  onBug(error: unknown): void
}

/** So many of a chain are kept. */
const MOST_KEPT = 20
/** Of one that goes on, in milliseconds: what the program's sudden end may take from its record. Answers are in memory anyway. */
const STORE_MS = 3000

/** Holds variants of chains against each other over a sample, and keeps what came of it. */
export class Comparisons {
  readonly #around: Around
  readonly #live = new Map<string, LiveComparison>()
  readonly #work = new Set<Promise<void>>()

  constructor(around: Around) {
    this.#around = around
  }

  /** What it would ask for. */
  preview(request: ComparisonRequest): Promise<Outcome<RunPreview>> {
    return this.#around.sampleRuns.preview(sampleRequest(request))
  }

  /** Gives it as it begins; what comes of it is told by `onChange`. */
  start(request: ComparisonRequest): Outcome<Comparison> {
    const names = request.variants.map(({ name }) => name)
    const twice = names.find((name, at) => names.indexOf(name) !== at)
    if (twice !== undefined) return refuse('invalid', `Two variants are called ${twice}: give one another name.`)
    const startedAt = this.#around.clock.now()
    const begun = { comparison: ulid(startedAt), startedAt, state: { status: 'running' }, cells: [] } as const
    const comparison: Comparison = { ...request, ...begun }
    for (const other of this.#live.values()) if (other.now().file === request.file) other.stop()
    this.#go(this.#open(comparison), sampleRequest(request))
    return { ok: true, value: comparison }
  }

  /** Cells that go on are given up; what has been answered stays. */
  stop(comparison: string): Outcome<null> {
    const live = this.#live.get(comparison)
    if (live === undefined) return refuse('not_possible', 'This comparison is not going on.')
    live.stop()
    return { ok: true, value: null }
  }

  /** Tries again what failed, or was not tried, in one variant. */
  retry(file: string, { comparison, variant }: { comparison: string; variant: string }): Outcome<null> {
    const now = this.#live.get(comparison)?.now() ?? this.#stored(file).find((one) => one.comparison === comparison)
    if (now === undefined) return refuse('not_found', 'This comparison is not kept any more: run it again.')
    const variants = now.variants.filter(({ name }) => name === variant)
    const succeeded = now.cells.filter((cell) => cell.variant === variant && cell.status !== 'failed')
    const items = now.items.filter(
      ({ index }) => succeeded.filter(({ item }) => item.index === index).length < now.repeats,
    )
    if (variants.length === 0 || items.length === 0)
      return refuse('not_possible', `Nothing failed in ${variant}: there is nothing to try again.`)
    const live = this.#live.get(comparison) ?? this.#open(now)
    this.#go(live, sampleRequest({ ...now, items, variants }))
    return { ok: true, value: null }
  }

  /** The newest one of a chain; null: there is none. */
  latest(file: string): Comparison | null {
    const live = [...this.#live.values()].map((one) => one.now()).findLast((one) => one.file === file)
    return live ?? this.#stored(file).at(-1) ?? null
  }

  /** Gives up what goes on, and keeps what has been answered. */
  async close(): Promise<void> {
    for (const live of this.#live.values()) live.stop()
    await Promise.all(this.#work)
  }

  #open(comparison: Comparison): LiveComparison {
    const live = new LiveComparison(comparison, (change) => this.#around.onChange(change))
    this.#live.set(comparison.comparison, live)
    return live
  }

  #go(live: LiveComparison, request: SampleRequest): void {
    const { sampleRuns, clock, onBug } = this.#around
    const { comparison } = live.now()
    let stored = clock.elapsed()
    const work = live
      .during(async () => {
        const tried = await sampleRuns.try(request, {
          signal: live.signal,
          onCell: (cell) => {
            live.place(cell)
            if (clock.elapsed() - stored < STORE_MS) return
            stored = clock.elapsed()
            this.#keep(live.now())
          },
        })
        return tried.ok ? null : tried.error.message
      })
      .then(() => {
        this.#keep(live.now())
        if (!live.isOver) return
        this.#live.delete(comparison)
        live.pushLast()
      })
      .catch(onBug)
      .finally(() => this.#work.delete(work))
    this.#work.add(work)
  }

  #keep(comparison: Comparison): void {
    const { records } = this.#around
    const { file } = comparison
    if (file === null) return
    records.put('comparison', file, { id: comparison.comparison, body: comparison as unknown as Json })
    const old = records.list('comparison', file).slice(0, -MOST_KEPT)
    for (const { id } of old) records.remove('comparison', file, id)
  }

  /** Oldest first. One that the program's end cut off has stopped. */
  #stored(file: string): readonly Comparison[] {
    return this.#around.records.list('comparison', file).flatMap(({ id, body }) => {
      const kept = this.#live.has(id) ? null : asComparison(body)
      if (kept?.state.status !== 'running') return kept ?? []
      return { ...kept, state: { status: 'stopped' }, cells: kept.cells.filter(hasEnded) } satisfies Comparison
    })
  }
}

/** Our own records are what we wrote; null: one of another build, without what is needed now. */
function asComparison(body: Json): Comparison | null {
  return isJsonObject(body) && 'cells' in body && 'state' in body ? (body as unknown as Comparison) : null
}

function hasEnded({ status }: Comparison['cells'][number]): boolean {
  return status !== 'running'
}

function sampleRequest(request: ComparisonRequest): SampleRequest {
  const { text, file, items, variants, stage, repeats, memory, source, params } = request
  const named = { ...(source !== undefined && { source }), ...(params !== undefined && { params }) }
  return { text, file, items, variants, stage, repeats, memory, ...named }
}

function refuse(kind: ApiError['kind'], message: string): { readonly ok: false; readonly error: ApiError } {
  return { ok: false, error: { kind, message } }
}
