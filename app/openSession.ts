import { mkdir } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { HostEvent, HostInfo } from '../shared/api.ts'
import { type BudgetLimits, NO_BUDGETS } from '../shared/budgets.ts'
import { MICROS_PER_USD } from '../shared/format.ts'
import { formatProblem, type Problem } from '../shared/problem.ts'
import { sinkPath } from '../shared/sink.ts'
import type { Source } from '../shared/source.ts'
import type { Tier } from '../shared/tier.ts'
import type { Session, Shell } from './api/session.ts'
import { createLazyBackend } from './backends/lazyBackend.ts'
import { PRICE_LISTS_OF, priceOrigin } from './backends/prices.ts'
import { createModels } from './backends/tiers.ts'
import { Comparisons } from './engine/compare/comparisons.ts'
import { Estimates } from './engine/estimate/estimates.ts'
import { Evaluations } from './engine/evaluate/evaluations.ts'
import { Judge } from './engine/judge/judge.ts'
import { DayBudget } from './engine/model/dayBudget.ts'
import { Limiters } from './engine/model/limiter.ts'
import { Memory } from './engine/model/memory.ts'
import { resultText } from './engine/results/results.ts'
import { writeDocuments, writesDocuments } from './engine/results/sinkOutput.ts'
import { checkChain } from './engine/run/prepareRun.ts'
import { RunManager } from './engine/run/runManager.ts'
import { SampleRuns } from './engine/sample/sampleRuns.ts'
import { Stoppable } from './engine/stoppable.ts'
import { loadCsvLine } from './files/csvLine.ts'
import { CHAINS, DocumentFolder, SAMPLES, SUITES } from './files/documentFolder.ts'
import { editBudgets } from './files/editBudgets.ts'
import { editPrice } from './files/editPrice.ts'
import { freeBytes } from './files/freeBytes.ts'
import { imageFiles } from './files/imageFiles.ts'
import { workspaceFiles } from './files/listFolder.ts'
import { openSource } from './files/openSource.ts'
import { cannotWrite, writeResultFiles, writeResults } from './files/resultsFile.ts'
import { budgetsOf, readSettings, SETTINGS_FILE } from './files/settingsFile.ts'
import { usedFiles } from './files/usedFiles.ts'
import { valueSource } from './files/valueSource.ts'
import { watchWorkspace } from './files/watchWorkspace.ts'
import { WorkerFiles } from './files/workerFiles.ts'
import { writeSettings } from './files/writeSettings.ts'
import { fingerprint } from './fingerprint.ts'
import type { Backend } from './ports/backend.ts'
import type { Models } from './ports/models.ts'
import type { StoredRun } from './ports/runStore.ts'
import { openRecordStore } from './storage/sqliteRecordStore.ts'
import { openRunStore } from './storage/sqliteRunStore.ts'
import { systemClock } from './systemClock.ts'
import { createWebClient } from './web/webClient.ts'

export interface SessionOptions {
  /** Absolute; made where it is not there. */
  readonly workspace: string
  readonly host: HostInfo['host']
  readonly version: string
  readonly env: Readonly<Record<string, string | undefined>>
  readonly shell: Shell | null
  readonly recent: readonly string[]
  /** Tiers that are about to be called: what their first calls need is loaded while the database opens. */
  readonly tiers: readonly string[]
  emit(event: HostEvent): void
}

/** A workspace with everything that belongs to it opened and joined. */
export interface OpenSession {
  readonly session: Session
  models(): Models
  close(): Promise<void>
}

/** Rejects where the workspace's folder cannot be made or its database cannot be opened. */
export async function openSession(options: SessionOptions): Promise<OpenSession> {
  const { workspace, emit } = options
  await mkdir(workspace, { recursive: true })
  const simulated = openSimulated(options.env)
  let budgets: BudgetLimits = NO_BUDGETS
  const bind = async () => {
    const read = await readSettings(workspace)
    // Runs that go on must not lose their cap because the file is being edited.
    if (read.ok) budgets = budgetsOf(read.settings)
    return bindTiers(read, { env: options.env, simulated })
  }
  const opening = openRunStore(join(workspace, '.jacquard', 'jacquard.db'), () => systemClock.now())
  const binding = bind().then((bound) => {
    for (const name of options.tiers) prepareTier(bound, name)
    return bound
  })
  const [store, bound] = await Promise.all([opening, binding])
  let tiers = bound
  const files = workspaceFiles(workspace)
  const chains = new DocumentFolder(workspace, CHAINS)
  const workers = new WorkerFiles(workspace)
  const used = usedFiles(workspace)

  const writeOutput = (run: StoredRun, file: string, format: 'jsonl' | 'csv') =>
    writeResults(file, resultText(store, run, { format, loadCsvLine }))
  const limiters = new Limiters(systemClock)
  const dayBudget = new DayBudget({
    clock: systemClock,
    store,
    limitMicros: () => (budgets.dayUsd === null ? null : Math.round(budgets.dayUsd * MICROS_PER_USD)),
  })
  const runs = new RunManager({
    store,
    limiters,
    memory: new Memory(store, fingerprint),
    dayBudget,
    freeBytes: () => freeBytes(join(workspace, '.jacquard')),
    budgets: () => budgets,
    clock: systemClock,
    web: createWebClient(),
    images: imageFiles(workspace),
    files: used,
    models: () => tiers,
    openSource: (source, keys) => openSource(source, workspace, keys),
    valueSource,
    cannotWrite: (sink) => cannotWrite(files.absolute(sinkPath(sink))),
    writeOutput: async (run) => {
      const { sink } = run
      const output = run.output ?? ''
      const file = files.absolute(output)
      const problem =
        sink !== null && writesDocuments(sink)
          ? await writeDocuments(run, sink, {
              store,
              openSource: (source, keys) => openSource(source, workspace, keys),
              writeFiles: (parts) => writeResultFiles(file, parts),
              writeDocument: (parts) => writeResults(file, parts),
            })
          : await writeOutput(run, file, output.endsWith('.csv') ? 'csv' : 'jsonl')
      return problem === null
        ? null
        : `The results could not be written to ${output}. ${problem} They are all kept in the run: export them from there.`
    },
    onProgress: (progress) => emit({ kind: 'runProgress', progress }),
    onBug: (error) => console.error(error),
    onRunsChanged: () => emit({ kind: 'runsChanged' }),
  })
  const records = openRecordStore(join(workspace, '.jacquard', 'records.db'), () => systemClock.now())
  const openPlain = (source: Source) => openSource(source, workspace, null)
  const sampleRuns = new SampleRuns({ runs, store, openSource: openPlain })
  const comparisons = new Comparisons({
    sampleRuns,
    records,
    clock: systemClock,
    onChange: (change) => emit({ kind: 'comparisonChanged', ...change }),
    onBug: (error) => console.error(error),
  })
  const stoppable = new Stoppable()
  const stopWatching = watchWorkspace(workspace, (part) => {
    if (part === 'chains') emit({ kind: 'chainsChanged' })
    else if (part === 'workers') emit({ kind: 'workersChanged' })
    else
      void bind().then((boundAnew) => {
        tiers = boundAnew
        emit({ kind: 'tiersChanged' })
      })
  })

  const session: Session = {
    store,
    runs,
    chains,
    workers,
    samples: new DocumentFolder(workspace, SAMPLES),
    suites: new DocumentFolder(workspace, SUITES),
    estimates: new Estimates({
      runs,
      sampleRuns,
      store,
      records,
      clock: systemClock,
      files: used,
      models: () => tiers,
      readyTiers: () => tiers.list().flatMap(({ name, notReady }) => (notReady === null ? [name] : [])),
      priceOf: (name) => {
        const tier = tiers.list().find((one) => one.name === name)
        return tier === undefined ? 'unknown' : priceOrigin(tier)
      },
      pricesAsOf: PRICE_LISTS_OF,
      openSource: openPlain,
    }),
    evaluations: new Evaluations({ sampleRuns, records, clock: systemClock, fingerprint, openSource: openPlain }),
    judge: new Judge({ sampleRuns, store }),
    stoppable,
    sampleRuns,
    comparisons,
    records,
    clock: systemClock,
    files,
    usedFiles: used,
    shell: options.shell,
    tiers: () => tiers.list(),
    budgets: () => budgets,
    setBudgets: async (next) => {
      const written = await writeSettings(workspace, {
        what: 'The budgets were',
        edit: (text) => editBudgets(text, next),
      })
      // The watcher follows, a moment after.
      if (written.ok) budgets = next
      return written
    },
    setPrice: async (name, price) => {
      const tier = tiers.list().find((known) => known.name === name)
      if (tier === undefined) return { ok: false, kind: 'not_found', message: `There is no tier ${name}.` }
      const { backend, model, baseUrl, apiKeyEnv } = tier
      const binding = {
        backend,
        model,
        ...(baseUrl !== undefined && { baseUrl }),
        ...(apiKeyEnv !== undefined && { apiKeyEnv }),
      }
      const written = await writeSettings(workspace, {
        what: 'The price was',
        edit: (text) => editPrice(text, { tier: name, price, binding }),
      })
      if (written.ok) tiers = await bind()
      return written
    },
    spentTodayMicros: () => dayBudget.spentMicros(),
    clampBackend: (name, concurrency) => {
      const limiter = limiters.byName(name)
      limiter?.clamp(concurrency)
      return limiter !== undefined
    },
    openSource: openPlain,
    writeResults: writeOutput,
    info: () => hostInfo(options),
    emit,
  }
  return {
    session,
    models: () => tiers,
    close: async () => {
      stopWatching()
      await stoppable.close()
      await comparisons.close()
      await runs.close()
      await store.close()
      records.close()
    },
  }
}

function openSimulated(env: SessionOptions['env']): Backend {
  return createLazyBackend(async () => {
    const { createSimulatedBackend } = await import('./backends/simulated/simulated.ts')
    return createSimulatedBackend({ speed: simulatedSpeed(env) })
  })
}

/** How many times faster than lifelike the simulated models answer. For tests that need not wait; 1 without it. */
function simulatedSpeed(env: SessionOptions['env']): number {
  const speed = Number(env.JACQUARD_SIMULATED_SPEED)
  return speed > 0 ? speed : 1
}

/** `chains.check` without a workspace's database: for checks that are to leave no trace in it. */
export async function checkChainIn(
  workspace: string,
  text: string,
  env: SessionOptions['env'],
): Promise<readonly Problem[]> {
  const models = await bindTiers(await readSettings(workspace), { env, simulated: openSimulated(env) })
  return checkChain(text, { models, files: usedFiles(workspace) })
}

function prepareTier(tiers: Models, name: string): void {
  const lookup = tiers.tier(name)
  if (lookup.ok) lookup.model.backend.prepare?.()
}

type BoundTiers = Models & { list(): readonly Tier[] }

/** With settings that cannot be read no tier may be called: which model was meant is not known. */
async function bindTiers(
  read: Awaited<ReturnType<typeof readSettings>>,
  parts: Omit<Parameters<typeof createModels>[0], 'settings'>,
): Promise<BoundTiers> {
  if (read.ok) return createModels({ ...parts, settings: read.settings })
  const unbound = await createModels({ ...parts, settings: {} })
  const message = read.problems.map((problem) => formatProblem(problem, SETTINGS_FILE)).join(' ')
  return {
    tier: () => ({ ok: false, message }),
    list: () => unbound.list().map((tier) => ({ ...tier, notReady: message })),
  }
}

function hostInfo({ workspace, host, version, shell, recent }: SessionOptions): HostInfo {
  const named = (path: string) => ({ name: basename(path) || path, path })
  return {
    version,
    host,
    platform: process.platform,
    workspace: named(workspace),
    recentWorkspaces: recent.filter((path) => path !== workspace).map(named),
    has: { dialogs: shell !== null, reveal: shell !== null, droppedPaths: host === 'electron' },
  }
}
