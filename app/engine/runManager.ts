import { ulid } from 'ulid'
import type { ApiError } from '../../shared/api.ts'
import { DEFAULT_CONCURRENCY } from '../../shared/chain.ts'
import type { Source } from '../../shared/source.ts'
import { MICROS_PER_USD } from '../../shared/format.ts'
import type { Json } from '../../shared/json.ts'
import type { LaunchOptions, RunProgress } from '../../shared/run.ts'
import { runStages } from '../core/plan.ts'
import type { Clock } from '../ports/clock.ts'
import type { Models } from '../ports/models.ts'
import type { RunProgressRecord, RunRecord, RunStore, StoredRun } from '../ports/runStore.ts'
import { type ItemSource, SourceBroken } from '../ports/source.ts'
import { restorePast } from './history.ts'
import { Ledger } from './ledger.ts'
import type { Limiters } from './limiter.ts'
import { LiveRun } from './liveRun.ts'
import { launchOutput, launchSource, type Prepared, prepareRun } from './prepareRun.ts'
import { NO_TOTALS } from './totals.ts'

/** What the manager needs of the workspace around it. */
export interface ManagerSurroundings {
  readonly store: RunStore
  readonly limiters: Limiters
  readonly clock: Clock
  /** As bound now: settings may change between two launches. */
  models(): Models
  openSource(source: Source, keys: readonly string[] | null): Promise<ItemSource>
  /** The one item of a test as a source. */
  valueSource(label: string, key: string, value: Json): ItemSource
  /** Why nothing can be written at that place; null: it can. */
  cannotWrite(output: string): Promise<string | null>
  /** Writes a run's results to its output; gives why not, or null. */
  writeOutput(run: StoredRun): Promise<string | null>
  onProgress(progress: RunProgress): void
  onBug(error: unknown): void
  onRunsChanged(): void
}

export type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ApiError }

/** How long closing waits for calls in flight before it gives them up, in milliseconds. */
const CLOSE_GRACE_MS = 10_000

/** Launches, resumes and steers the runs of one workspace. */
export class RunManager {
  readonly #around: ManagerSurroundings
  readonly #live = new Map<string, LiveRun>()
  /** Runs whose past is being read before they go on. */
  readonly #resuming = new Set<string>()

  constructor(around: ManagerSurroundings) {
    this.#around = around
  }

  live(run: string): LiveRun | null {
    return this.#live.get(run) ?? null
  }

  async launch(request: {
    text: string
    file: string | null
    options: LaunchOptions
  }): Promise<Outcome<{ run: string }>> {
    const { text, file, options } = request
    const prepared = await this.#prepare(text, options)
    if (!prepared.ok) return prepared
    const { chain } = prepared.value
    const named = launchSource(chain, options)
    if (named === null)
      return refuse('invalid', 'The chain has no source, and the launch names none. Choose a folder or a file.')
    const output = launchOutput(chain, options)
    if (output !== null && !/\.(jsonl|csv)$/.test(output))
      return refuse('invalid', `Results are written as .jsonl or .csv; ${output} is neither.`)
    const unwritable = output === null ? null : await this.#around.cannotWrite(output)
    if (unwritable !== null) return refuse('files', `Results cannot be written to ${output}. ${unwritable}`)
    const source = await this.#open(named, null)
    if (!source.ok) return source
    const record = this.#record({
      kind: 'batch',
      text,
      file,
      options,
      prepared: prepared.value,
      label: source.value.label,
      output,
      testItem: null,
    })
    const keys = await source.value.keys()
    await this.#begin(record, { prepared: prepared.value, source: source.value, keys, items: keys?.length ?? null })
    return { ok: true, value: { run: record.run } }
  }

  /** Runs a chain on one item; the trace tells what happened. */
  async test(request: {
    text: string
    file: string | null
    key: string
    item: Json
    options: LaunchOptions
  }): Promise<Outcome<{ run: string }>> {
    const { text, file, key, item, options } = request
    const prepared = await this.#prepare(text, options)
    if (!prepared.ok) return prepared
    const testItem = { key, value: item }
    const record = this.#record({
      kind: 'test',
      text,
      file,
      options,
      prepared: prepared.value,
      label: key,
      output: null,
      testItem,
    })
    const source = this.#around.valueSource(key, key, item)
    await this.#begin(record, { prepared: prepared.value, source, keys: null, items: 1 })
    return { ok: true, value: { run: record.run } }
  }

  /** Goes on with a run that was paused, interrupted, or has items waiting again. `budgetUsd`: in place of its own. */
  async resume(run: string, budgetUsd?: number): Promise<Outcome<null>> {
    if (this.#resuming.has(run)) return refuse('not_possible', 'This run is being resumed already.')
    this.#resuming.add(run)
    try {
      return await this.#resume(run, budgetUsd)
    } finally {
      this.#resuming.delete(run)
    }
  }

  async #resume(run: string, budgetUsd: number | undefined): Promise<Outcome<null>> {
    await this.#ending(run)
    const stored = this.#around.store.run(run)
    if (stored === null) return refuse('not_found', `There is no run ${run}.`)
    if (this.#live.has(run)) return refuse('not_possible', 'This run is going on already.')
    if (stored.isLive)
      return refuse('not_possible', 'Another Jacquard on this machine is running this run. Pause it there first.')
    if (stored.state.status === 'cancelled')
      return refuse('not_possible', 'A cancelled run cannot go on. Launch it again: the chain is as it was.')
    const prepared = await this.#prepare(stored.chainText, stored.options)
    if (!prepared.ok) return prepared
    const source = await this.#reopen(stored, prepared.value)
    if (!source.ok) return source
    this.#around.store.reset()
    const { plan, needsTotal } = prepared.value
    const { concurrency } = stored
    const raised = budgetUsd === undefined ? stored.budgetMicros : toMicros(budgetUsd)
    const start = { record: stored, plan, source: source.value, needsTotal, concurrency, budgetMicros: raised }
    const ledger = new Ledger(plan.stages.length, stored.items)
    const past = await restorePast(this.#around.store, run, ledger)
    this.#run(new LiveRun({ ...start, before: { progress: stored, past, ledger } }, this.#surroundings()))
    return { ok: true, value: null }
  }

  /** Cancels a run that does not go on: what is undone stays undone. */
  cancelStored(stored: StoredRun): Outcome<null> {
    if (stored.isLive)
      return refuse('not_possible', 'Another Jacquard on this machine is running this run. Cancel it there.')
    if (stored.state.status === 'completed' || stored.state.status === 'cancelled')
      return refuse('not_possible', 'This run has ended already.')
    const { store, clock } = this.#around
    store.updateRun(stored.run, { ...progressOf(stored), state: { status: 'cancelled' }, endedAt: clock.now() })
    void this.#around.store.flush().then(() => this.#around.onRunsChanged())
    return { ok: true, value: null }
  }

  /** Asks again for the failed items; their good stages are kept. */
  async retryFailed(run: string): Promise<Outcome<null>> {
    await this.#ending(run)
    if (this.#live.has(run))
      return refuse('not_possible', 'This run is going on: pause it, or wait for its end, before retrying.')
    const stored = this.#around.store.run(run)
    if (stored === null) return refuse('not_found', `There is no run ${run}.`)
    if (stored.isLive) return refuse('not_possible', 'Another Jacquard on this machine is running this run.')
    if (stored.totals.failed === 0) return refuse('not_possible', 'No item of this run has failed.')
    await this.#around.store.forgetFailed(run)
    return this.resume(run)
  }

  /** The item of a stored run as its source gives it now. */
  async readItem(
    stored: StoredRun,
    index: number,
  ): Promise<{ ok: true; value: Json } | { ok: false; message: string }> {
    if (stored.testItem !== null) return { ok: true, value: stored.testItem.value }
    const prepared = await this.#prepare(stored.chainText, {})
    const named = prepared.ok ? launchSource(prepared.value.chain, stored.options) : (stored.options.source ?? null)
    if (named === null) return { ok: false, message: 'The source of this run is not known any more.' }
    const source = await this.#open(named, this.#around.store.allKeys(stored.run))
    if (!source.ok) return { ok: false, message: source.error.message }
    return readOne(source.value, index)
  }

  /** Pauses what goes on; waits for calls in flight for a while, then gives them up. */
  async close(): Promise<void> {
    const runs = [...this.#live.values()]
    for (const run of runs) run.pause()
    const ended = Promise.all(runs.map((run) => run.finished()))
    const grace = new AbortController()
    const timeUp = this.#around.clock.sleep(CLOSE_GRACE_MS, grace.signal).catch(() => undefined)
    await Promise.race([ended, timeUp])
    grace.abort()
    for (const run of this.#live.values()) run.pauseAtOnce()
    await ended
  }

  /** A run that has said it is over may still be closing its source and writing its file. */
  async #ending(run: string): Promise<void> {
    const live = this.#live.get(run)
    const status = live?.summary().state.status
    if (status !== undefined && status !== 'running' && status !== 'pausing') await live?.finished()
  }

  async #prepare(text: string, options: LaunchOptions): Promise<Outcome<Prepared>> {
    const prepared = await prepareRun(text, options, this.#around.models())
    if (prepared.ok) return prepared
    const [first] = prepared.problems
    const more = prepared.problems.length > 1 ? ` (and ${prepared.problems.length - 1} more)` : ''
    return {
      ok: false,
      error: {
        kind: 'invalid',
        message: `The chain cannot be run: ${first?.message ?? ''}${more}`,
        problems: prepared.problems,
      },
    }
  }

  async #open(source: Source, keys: readonly string[] | null): Promise<Outcome<ItemSource>> {
    try {
      return { ok: true, value: await this.#around.openSource(source, keys) }
    } catch (error) {
      if (!(error instanceof SourceBroken)) throw error
      return refuse('files', error.message)
    }
  }

  async #reopen(stored: StoredRun, { chain }: Prepared): Promise<Outcome<ItemSource>> {
    if (stored.testItem !== null)
      return {
        ok: true,
        value: this.#around.valueSource(stored.testItem.key, stored.testItem.key, stored.testItem.value),
      }
    const named = launchSource(chain, stored.options)
    return named === null
      ? refuse('invalid', 'The run has no source.')
      : this.#open(named, this.#around.store.allKeys(stored.run))
  }

  #record(parts: {
    kind: 'batch' | 'test'
    text: string
    file: string | null
    options: LaunchOptions
    prepared: Prepared
    label: string
    output: string | null
    testItem: RunRecord['testItem']
  }): RunRecord {
    const { prepared, text, file, label, ...rest } = parts
    const fallback = file === null ? 'Untitled chain' : (file.split('/').at(-1) ?? file).replace('.chain.yaml', '')
    return {
      ...rest,
      run: ulid(),
      chainFile: file,
      chainName: prepared.chain.name ?? fallback,
      chainText: text,
      stages: runStages(prepared.plan),
      sourceLabel: label,
      simulated: prepared.simulated,
      startedAt: this.#around.clock.now(),
    }
  }

  async #begin(
    record: RunRecord,
    parts: { prepared: Prepared; source: ItemSource; keys: readonly string[] | null; items: number | null },
  ): Promise<void> {
    const { prepared, source, keys, items } = parts
    const { budgetUsd } = record.options
    const bounds = {
      concurrency: record.options.concurrency ?? DEFAULT_CONCURRENCY,
      budgetMicros: budgetUsd === undefined ? null : toMicros(budgetUsd),
    }
    const progress = { state: { status: 'running' }, items, endedAt: null, activeMs: 0, totals: NO_TOTALS } as const
    this.#around.store.reset()
    await this.#around.store.createRun({ ...record, ...progress, ...bounds }, keys)
    const { plan, needsTotal } = prepared
    this.#run(new LiveRun({ record, plan, source, needsTotal, ...bounds, before: null }, this.#surroundings()))
  }

  #run(live: LiveRun): void {
    this.#live.set(live.run, live)
    this.#around.onRunsChanged()
    void live.finished().then(() => {
      this.#live.delete(live.run)
      this.#around.onRunsChanged()
    })
  }

  #surroundings(): ConstructorParameters<typeof LiveRun>[1] {
    const { store, limiters, clock, onProgress, onBug, writeOutput } = this.#around
    return {
      store,
      limiters,
      clock,
      models: this.#around.models(),
      onProgress,
      onBug,
      writeOutput: async (run) => {
        const stored = store.run(run)
        return stored === null ? `There is no run ${run}.` : writeOutput(stored)
      },
    }
  }
}

async function readOne(
  source: ItemSource,
  index: number,
): Promise<{ ok: true; value: Json } | { ok: false; message: string }> {
  try {
    for await (const entries of source.entries(index)) {
      const read = await entries[0]?.load()
      if (read === undefined) continue
      return read.ok ? read : { ok: false, message: read.failure.message }
    }
    return { ok: false, message: 'The source has no such item any more.' }
  } catch (error) {
    if (!(error instanceof SourceBroken)) throw error
    return { ok: false, message: error.message }
  } finally {
    await source.close()
  }
}

function progressOf({
  state,
  items,
  endedAt,
  activeMs,
  concurrency,
  budgetMicros,
  totals,
}: StoredRun): RunProgressRecord {
  return { state, items, endedAt, activeMs, concurrency, budgetMicros, totals }
}

function toMicros(usd: number): number {
  return Math.round(usd * MICROS_PER_USD)
}

function refuse(kind: ApiError['kind'], message: string): { readonly ok: false; readonly error: ApiError } {
  return { ok: false, error: { kind, message } }
}
