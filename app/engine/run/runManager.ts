import { ulid } from 'ulid'
import type { ApiError } from '../../../shared/api.ts'
import type { BudgetLimits } from '../../../shared/budgets.ts'
import { DEFAULT_CONCURRENCY } from '../../../shared/chain.ts'
import { MICROS_PER_USD } from '../../../shared/format.ts'
import type { Json } from '../../../shared/json.ts'
import type { LaunchOptions, RunProgress } from '../../../shared/run.ts'
import type { RunChange, RunPreview } from '../../../shared/runChange.ts'
import { type Sink, sinkPath } from '../../../shared/sink.ts'
import type { Source } from '../../../shared/source.ts'
import type { TripwireName } from '../../../shared/tripwires.ts'
import type { Plan } from '../../core/plan.ts'
import { runStages } from '../../core/planChain.ts'
import type { Clock } from '../../ports/clock.ts'
import type { ImageFiles } from '../../ports/imageFiles.ts'
import type { Models } from '../../ports/models.ts'
import type { RunProgressRecord, RunRecord, RunStore, StoredRun } from '../../ports/runStore.ts'
import { type ItemSource, SourceBroken } from '../../ports/source.ts'
import type { UsedFiles } from '../../ports/usedFiles.ts'
import type { WebClient } from '../../ports/webClient.ts'
import type { LaneBefore } from '../lanes/lanes.ts'
import { Ledger } from '../lanes/ledger.ts'
import type { DayBudget } from '../model/dayBudget.ts'
import type { Limiters } from '../model/limiter.ts'
import type { Memory } from '../model/memory.ts'
import { type ReadItem, readGroup, readOne } from '../trace/readItem.ts'
import { mergedOptions, type PlannedChange, planChange } from './changeRun.ts'
import { restorePast } from './history.ts'
import { groupsAfter, isDoneAfter } from './isDoneAfter.ts'
import { LiveRun } from './liveRun.ts'
import { Preflight } from './preflight.ts'
import { launchSink, launchSource, type Prepared, prepareRun } from './prepareRun.ts'
import { type Previewed, type PreviewParts, previewRun } from './previewRun.ts'
import { frozenFiles } from './readUses.ts'
import { RunPlans } from './runPlans.ts'
import type { RunStart, RunSurroundings } from './runStart.ts'
import { tripwiresOf } from './runSummary.ts'
import { type ChainRevision, storedRevisions } from './storedRevisions.ts'
import { NO_TOTALS } from './totals.ts'

/** What the manager needs of the workspace around it. */
export interface ManagerSurroundings {
  readonly store: RunStore
  readonly limiters: Limiters
  readonly clock: Clock
  readonly web: WebClient
  readonly images: ImageFiles
  readonly memory: Memory
  readonly dayBudget: DayBudget
  /** Bytes that are free where results are stored; null: not known. */
  freeBytes(): Promise<number | null>
  /** Of chains that are launched now. */
  readonly files: UsedFiles
  /** As bound now: settings may change between two launches. */
  models(): Models
  openSource(source: Source, keys: readonly string[] | null): Promise<ItemSource>
  /** Limits of spend of the workspace, as they are now. */
  budgets(): BudgetLimits
  /** Items that are at hand as a source: the one of a test. */
  valueSource(label: string, items: readonly { readonly key: string; readonly value: Json }[]): ItemSource
  /** Why nothing can be written at that place; null: it can. */
  cannotWrite(sink: Sink): Promise<string | null>
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
  /** Runs that are being changed, or whose past is being read before they go on. */
  readonly #changing = new Set<string>()

  readonly #preflight: Preflight

  constructor(around: ManagerSurroundings) {
    this.#around = around
    this.#preflight = new Preflight(around.clock)
  }

  live(run: string): LiveRun | null {
    return this.#live.get(run) ?? null
  }

  async launch(request: {
    text: string
    file: string | null
    options: LaunchOptions
  }): Promise<Outcome<{ run: string }>> {
    const { text, file } = request
    const { runUsd } = this.#around.budgets()
    const options = runUsd === null ? request.options : { budgetUsd: runUsd, ...request.options }
    const prepared = await this.#prepare(text, options, this.#around.files)
    if (!prepared.ok) return prepared
    const { chain } = prepared.value
    const named = launchSource(chain, options)
    if (named === null)
      return refuse('invalid', 'The chain has no source, and the launch names none. Choose a folder or a file.')
    if (typeof options.output === 'string' && !/\.(jsonl|csv)$/.test(options.output))
      return refuse('invalid', `Results are written as .jsonl or .csv; ${options.output} is neither.`)
    const sink = launchSink(chain, options)
    const unwritable = sink === null ? null : await this.#around.cannotWrite(sink)
    if (sink !== null && unwritable !== null)
      return refuse('files', `Results cannot be written to ${sinkPath(sink)}. ${unwritable}`)
    const source = await this.#open(named, null)
    if (!source.ok) return source
    const { label, grows } = source.value
    const told = { text, file, options, prepared: prepared.value, sink }
    const record = this.#record({ ...told, kind: 'batch', label, grows, testItem: null })
    const keys = await source.value.keys()
    const items = grows || keys === null ? null : Math.min(keys.length, options.limit ?? keys.length)
    return this.#begin(record, { prepared: prepared.value, source: source.value, named, keys, items })
  }

  /** Runs a chain on one item; the trace tells what happened. */
  async test(request: {
    text: string
    file: string | null
    key: string
    item: Json
    options: LaunchOptions
    /** What the chain uses, where that is not what the workspace holds now. */
    files?: UsedFiles
  }): Promise<Outcome<{ run: string }>> {
    const { text, file, key, item, options, files = this.#around.files } = request
    const prepared = await this.#prepare(text, options, files)
    if (!prepared.ok) return prepared
    const told = { text, file, options, prepared: prepared.value, sink: null }
    const record = this.#record({ ...told, kind: 'test', label: key, grows: false, testItem: { key, value: item } })
    const source = this.#around.valueSource(key, [{ key, value: item }])
    const named = launchSource(prepared.value.chain, options)
    return this.#begin(record, { prepared: prepared.value, source, named, keys: null, items: 1 })
  }

  /**
   * Goes on with a run that was paused, interrupted, or has items waiting again. `budgetUsd`: in place of its own.
   * `ignore`: a tripwire that is off from now on.
   */
  async resume(run: string, how: ResumeHow = {}): Promise<Outcome<null>> {
    return this.#inTurn(run, () => this.#resume(run, how))
  }

  /**
   * Goes on by a changed chain, or asks again for what failed. A run that goes on is paused for it first. Old results
   * stand until new ones are there.
   */
  async change(run: string, change: RunChange, how: ResumeHow = {}): Promise<Outcome<null>> {
    return this.#inTurn(run, async () => {
      // Said before anything is paused: a change that cannot be made must not cost time.
      const wanted = await this.#planChange(run, change)
      if (!wanted.ok) return wanted
      const live = this.#live.get(run)
      live?.pause()
      await live?.finished()
      const planned = live === undefined ? wanted : await this.#planChange(run, change)
      if (!planned.ok) return planned
      const { redo, revision, stages } = planned.value
      const { store } = this.#around
      const stored = store.run(run)
      if (stored === null) return refuse('not_found', `There is no run ${run}.`)
      store.reset()
      const written = store.redo(run, redo, { revision, stages, progress: progressOf(stored) })
      return (await refusedByDisk(written)) ?? this.#resume(run, how)
    })
  }

  async #planChange(run: string, change: RunChange): Promise<Outcome<PlannedChange>> {
    const stored = this.#around.store.run(run)
    if (stored === null) return refuse('not_found', `There is no run ${run}.`)
    const isOurs = this.#live.has(run)
    if (stored.isLive && !isOurs)
      return refuse('not_possible', 'Another Jacquard on this machine is running this run. Pause it there first.')
    if (stored.state.status === 'cancelled')
      return refuse('not_possible', 'A cancelled run cannot go on. Launch it again: the chain is as it was.')
    return planChange(stored, change, {
      store: this.#around.store,
      now: this.#around.clock.now(),
      files: this.#around.files,
      prepare: (text, options, files) => this.#prepare(text, options, files),
    })
  }

  /** One thing at a time with a run. */
  async #inTurn(run: string, work: () => Promise<Outcome<null>>): Promise<Outcome<null>> {
    if (this.#changing.has(run)) return refuse('not_possible', 'This run is being changed or resumed already.')
    this.#changing.add(run)
    try {
      return await work()
    } finally {
      this.#changing.delete(run)
    }
  }

  async #resume(run: string, { budgetUsd, ignore }: ResumeHow): Promise<Outcome<null>> {
    await this.#ending(run)
    const { store } = this.#around
    const stored = store.run(run)
    if (stored === null) return refuse('not_found', `There is no run ${run}.`)
    if (this.#live.has(run)) return refuse('not_possible', 'This run is going on already.')
    if (stored.isLive)
      return refuse('not_possible', 'Another Jacquard on this machine is running this run. Pause it there first.')
    if (stored.state.status === 'cancelled')
      return refuse('not_possible', 'A cancelled run cannot go on. Launch it again: the chain is as it was.')
    const loaded = await this.#loadPlans(stored)
    if (!loaded.ok) return loaded
    const { prepared, plans, main, newest } = loaded.value
    const named = launchSource(prepared.chain, main.options)
    const keys = store.allKeys(run)
    const source = await this.#reopen(stored, named, keys)
    if (!source.ok) return source
    store.reset()
    const lanes = await this.#lanesBefore(stored, prepared)
    const ignoredWires = ignore === undefined ? stored.ignoredWires : [...new Set([...stored.ignoredWires, ignore])]
    this.#run({
      record: { ...stored, options: main.options },
      ...startOf(prepared, named),
      plans,
      revision: newest,
      source: source.value,
      before: { progress: { ...stored, ignoredWires }, lanes },
      keys: keys?.length ?? 0,
      concurrency: stored.concurrency,
      budgetMicros: budgetUsd === undefined ? stored.budgetMicros : toMicros(budgetUsd),
      tripwires: tripwiresOf(stored.options, { ignoredWires }),
      expectedMicros: expectedMicros(stored.options),
    })
    return { ok: true, value: null }
  }

  /** The plans by which what is left of a run goes on. */
  async #loadPlans(stored: StoredRun): Promise<Outcome<LoadedPlans>> {
    const { store } = this.#around
    const revisions = storedRevisions(store, stored)
    const { main, newest } = revisions
    const prepared = await this.#prepare(main.chainText, main.options, frozenFiles(main.files))
    if (!prepared.ok) return prepared
    const named = prepared.value.plan.lanes.map((_, lane) =>
      newest === main.revision ? new Map<number, number>() : store.itemRevisions(stored.run, lane),
    )
    const others = new Map<number, Plan>()
    for (const revision of new Set(named.flatMap((lane) => [...lane.values()]))) {
      if (revision <= main.revision) continue
      const { chainText, options, files } = revisions.of(revision)
      const other = await this.#prepare(chainText, options, frozenFiles(files))
      if (!other.ok) return other
      others.set(revision, other.value.plan)
    }
    const plans = new RunPlans({ main: prepared.value.plan, mainRevision: main.revision, others, named })
    return { ok: true, value: { prepared: prepared.value, plans, main, newest } }
  }

  async #lanesBefore(stored: StoredRun, { plan }: Prepared): Promise<readonly LaneBefore[]> {
    const lanes: LaneBefore[] = []
    for (const [index, { stages, ends }] of plan.lanes.entries()) {
      const ledger = new Ledger(stages.length + (ends === null ? 0 : 1), index === 0 ? stored.items : null)
      const lane = { index, ledger, gatherColumn: ends?.column ?? null }
      const past = await restorePast(this.#around.store, stored.run, lane)
      lanes.push({ past, ledger, lane: stored.lanes[index] ?? null })
    }
    return lanes
  }

  /** Cancels a run that does not go on: what is undone stays undone. */
  async cancelStored(stored: StoredRun): Promise<Outcome<null>> {
    if (stored.isLive)
      return refuse('not_possible', 'Another Jacquard on this machine is running this run. Cancel it there.')
    if (stored.state.status === 'completed' || stored.state.status === 'cancelled')
      return refuse('not_possible', 'This run has ended already.')
    const { store, clock, onRunsChanged } = this.#around
    store.reset()
    store.updateRun(stored.run, { ...progressOf(stored), state: { status: 'cancelled' }, endedAt: clock.now() })
    const refused = await refusedByDisk(store.flush())
    onRunsChanged()
    return refused ?? { ok: true, value: null }
  }

  /** Asks again for the failed items; their good stages are kept. */
  async retryFailed(run: string, how: ResumeHow = {}): Promise<Outcome<null>> {
    await this.#ending(run)
    if (this.#live.has(run))
      return refuse('not_possible', 'This run is going on: pause it, or wait for its end, before retrying.')
    if (this.#around.store.run(run)?.totals.failed === 0)
      return refuse('not_possible', 'No item of this run has failed.')
    return this.change(run, { scope: { kind: 'failed' } }, how)
  }

  /** What something would ask for, worked out without a call. */
  async preview(what: Previewed): Promise<Outcome<RunPreview>> {
    const asked = await this.#previewed(what)
    if (!asked.ok) return asked
    try {
      return { ok: true, value: await previewRun(asked.value, this.#around) }
    } catch (error) {
      if (!(error instanceof SourceBroken)) throw error
      return refuse('files', error.message)
    } finally {
      await asked.value.source.close()
    }
  }

  async #previewed(what: Previewed): Promise<Outcome<PreviewParts>> {
    if (what.kind === 'launch' || what.kind === 'test' || what.kind === 'items') {
      const { options } = what
      const prepared = await this.#prepare(what.text, options, this.#around.files)
      if (!prepared.ok) return prepared
      const { plan, chain, simulated } = prepared.value
      const plans = new RunPlans({ main: plan, mainRevision: 0 })
      const named = launchSource(chain, options)
      if (what.kind === 'launch' && named === null) return refuse('invalid', 'The chain has no source.')
      const source: Outcome<ItemSource> =
        what.kind === 'launch'
          ? await this.#open(named as Source, null)
          : { ok: true, value: this.#around.valueSource('', itemsOf(what)) }
      if (!source.ok) return source
      const { limit, memory } = options
      const sourceFolder = named === null ? null : folderOf(named)
      const parts = { plans, source: source.value, sourceFolder, limit: limit ?? null, memory: memory !== false }
      return { ok: true, value: { ...parts, simulated, isDone: () => false, groups: [], run: null, startedAt: null } }
    }
    const stored = this.#around.store.run(what.run)
    if (stored === null) return refuse('not_found', `There is no run ${what.run}.`)
    return this.#previewedChange(stored, what.kind === 'change' ? what.change : { scope: { kind: 'rest' } })
  }

  async #previewedChange(stored: StoredRun, change: RunChange): Promise<Outcome<PreviewParts>> {
    const { store } = this.#around
    const planned = await this.#planChange(stored.run, change)
    if (!planned.ok) return planned
    const loaded = await this.#loadPlans(stored)
    if (!loaded.ok) return loaded
    const { prepared, redo } = planned.value
    const plans = prepared === null ? loaded.value.plans : new RunPlans({ main: prepared.plan, mainRevision: 0 })
    const { options } = loaded.value.main
    const named = launchSource(loaded.value.prepared.chain, options)
    const source = await this.#reopen(stored, named, store.allKeys(stored.run))
    if (!source.ok) return source
    const done = await isDoneAfter(store, stored, redo)
    return {
      ok: true,
      value: {
        plans,
        source: source.value,
        sourceFolder: named === null ? null : folderOf(named),
        limit: options.limit ?? null,
        memory: options.memory !== false,
        simulated: stored.simulated,
        isDone: done,
        groups: await groupsAfter(store, stored, redo),
        run: stored.run,
        startedAt: stored.startedAt,
      },
    }
  }

  /** Runs items of a run again, each for itself, with what is different at its stages. The run is not touched. */
  async tryChange(
    run: string,
    { indexes, stages }: { indexes: readonly number[]; stages: NonNullable<LaunchOptions['stages']> },
  ): Promise<Outcome<{ index: number; run: string }[]>> {
    const stored = this.#around.store.run(run)
    if (stored === null) return refuse('not_found', `There is no run ${run}.`)
    const { main } = storedRevisions(this.#around.store, stored)
    const options = mergedOptions(main.options, { stages })
    const tests: { index: number; run: string }[] = []
    for (const index of indexes) {
      const item = await this.readItem(stored, 0, index)
      if (!item.ok) return refuse('files', item.message)
      const [key = String(index + 1)] = this.#around.store.keys(run, [index]) ?? []
      const test = await this.test({
        text: main.chainText,
        file: stored.chainFile,
        key,
        item: item.value,
        options: testOptions(options),
        files: frozenFiles(main.files),
      })
      if (!test.ok) return test
      tests.push({ index, run: test.value.run })
    }
    return { ok: true, value: tests }
  }

  /** The item of a stored run as its source gives it now; of a further lane, the group. */
  async readItem(stored: StoredRun, lane: number, index: number): Promise<ReadItem> {
    const prepared = await this.#prepare(stored.chainText, {}, frozenFiles(stored.files))
    if (lane > 0)
      return readGroup(this.#around.store, prepared.ok ? prepared.value.plan : null, { stored, lane, index })
    if (stored.testItem !== null) return { ok: true, value: stored.testItem.value, source: null }
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
    this.#around.memory.close()
  }

  /** A run that has said it is over may still be closing its source and writing its file. */
  async #ending(run: string): Promise<void> {
    const live = this.#live.get(run)
    if (live?.isEnding === true) await live.finished()
  }

  async #prepare(text: string, options: LaunchOptions, files: UsedFiles): Promise<Outcome<Prepared>> {
    const prepared = await prepareRun(text, options, { models: this.#around.models(), files })
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

  async #reopen(stored: StoredRun, named: Source | null, keys: readonly string[] | null): Promise<Outcome<ItemSource>> {
    const { testItem } = stored
    if (testItem !== null) return { ok: true, value: this.#around.valueSource(testItem.key, [testItem]) }
    return named === null ? refuse('invalid', 'The run has no source.') : this.#open(named, keys)
  }

  #record(parts: {
    kind: 'batch' | 'test'
    text: string
    file: string | null
    options: LaunchOptions
    prepared: Prepared
    label: string
    sink: Sink | null
    grows: boolean
    testItem: RunRecord['testItem']
  }): RunRecord {
    const { prepared, text, file, label, sink, ...rest } = parts
    const fallback = file === null ? 'Untitled chain' : (file.split('/').at(-1) ?? file).replace('.chain.yaml', '')
    return {
      ...rest,
      run: ulid(),
      chainFile: file,
      chainName: prepared.chain.name ?? fallback,
      chainText: text,
      files: prepared.files,
      stages: runStages(prepared.plan),
      sourceLabel: label,
      sink,
      output: sink === null ? null : sinkPath(sink),
      simulated: prepared.simulated,
      startedAt: this.#around.clock.now(),
    }
  }

  async #begin(
    record: RunRecord,
    parts: {
      prepared: Prepared
      source: ItemSource
      named: Source | null
      keys: readonly string[] | null
      items: number | null
    },
  ): Promise<Outcome<{ run: string }>> {
    const { prepared, source, named, keys, items } = parts
    const { budgetUsd } = record.options
    const bounds = {
      concurrency: record.options.concurrency ?? DEFAULT_CONCURRENCY,
      budgetMicros: budgetUsd === undefined ? null : toMicros(budgetUsd),
    }
    const sums = {
      totals: NO_TOTALS,
      lanes: [],
      packs: [],
      revision: 0,
      canary: null,
      ignoredWires: [],
      unaccounted: null,
    }
    const progress = { state: { status: 'running' }, items, endedAt: null, activeMs: 0, ...sums } as const
    this.#around.store.reset()
    const refused = await refusedByDisk(this.#around.store.createRun({ ...record, ...progress, ...bounds }, keys))
    if (refused !== null) {
      await source.close()
      return refused
    }
    this.#run({
      record,
      ...startOf(prepared, named),
      plans: new RunPlans({ main: prepared.plan, mainRevision: 0 }),
      revision: 0,
      source,
      before: null,
      keys: keys?.length ?? 0,
      ...bounds,
      tripwires: record.kind === 'test' ? {} : tripwiresOf(record.options, { ignoredWires: [] }),
      expectedMicros: expectedMicros(record.options),
    })
    return { ok: true, value: { run: record.run } }
  }

  #run(start: RunStart): void {
    const { memory, dayBudget } = this.#around
    void memory.refresh()
    dayBudget.refresh()
    const live = new LiveRun(start, this.#surroundings())
    this.#live.set(live.run, live)
    this.#around.onRunsChanged()
    void live.finished().then(() => {
      this.#live.delete(live.run)
      this.#around.onRunsChanged()
    })
  }

  #surroundings(): RunSurroundings {
    const { store, limiters, clock, web, images, memory, dayBudget, freeBytes } = this.#around
    const { onProgress, onBug, writeOutput } = this.#around
    return {
      preflight: this.#preflight,
      freeBytes,
      store,
      limiters,
      clock,
      web,
      images,
      memory,
      dayBudget,
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

function itemsOf(what: Extract<Previewed, { kind: 'test' | 'items' }>): readonly { key: string; value: Json }[] {
  return what.kind === 'test' ? [{ key: what.key, value: what.item }] : what.items
}

export interface ResumeHow {
  readonly budgetUsd?: number
  readonly ignore?: TripwireName
}

interface LoadedPlans {
  readonly prepared: Prepared
  readonly plans: RunPlans
  readonly main: ChainRevision
  readonly newest: number
}

/** What a run is started with that its chain says. */
function startOf(
  { needsTotal, isSequential }: Prepared,
  named: Source | null,
): Pick<RunStart, 'needsTotal' | 'isSequential' | 'sourceFolder'> {
  return { needsTotal, isSequential, sourceFolder: named === null ? null : folderOf(named) }
}

/** What of a run's options also holds where one of its items is tried alone. */
function testOptions({ params, tiers, stages, memory }: LaunchOptions): LaunchOptions {
  return Object.fromEntries(
    Object.entries({ params, tiers, stages, memory }).filter(([, value]) => value !== undefined),
  )
}

function expectedMicros({ expectedItemUsd }: LaunchOptions): number | null {
  return expectedItemUsd === undefined ? null : toMicros(expectedItemUsd)
}

function folderOf(source: Source): string | null {
  if ('folder' in source && typeof source.folder === 'string') return source.folder
  return 'watch' in source && typeof source.watch === 'string' ? source.watch : null
}

function progressOf(stored: StoredRun): RunProgressRecord {
  const { state, items, endedAt, activeMs, concurrency, budgetMicros, totals, lanes, packs } = stored
  const { revision, canary, ignoredWires, unaccounted } = stored
  const bounds = { concurrency, budgetMicros, revision, canary, ignoredWires, unaccounted }
  return { state, items, endedAt, activeMs, totals, lanes, packs, ...bounds }
}

function toMicros(usd: number): number {
  return Math.round(usd * MICROS_PER_USD)
}

/** null: it is on disk. */
async function refusedByDisk(written: Promise<void>): Promise<ReturnType<typeof refuse> | null> {
  try {
    await written
    return null
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    return refuse('files', `Nothing can be stored: ${why}. Make room, then try again.`)
  }
}

function refuse(kind: ApiError['kind'], message: string): { readonly ok: false; readonly error: ApiError } {
  return { ok: false, error: { kind, message } }
}
