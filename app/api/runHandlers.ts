import type { Json } from '../../shared/json.ts'
import type { LaunchOptions } from '../../shared/run.ts'
import { prepareRun } from '../engine/prepareRun.ts'
import { storedSummary } from '../engine/runSummary.ts'
import { traceItem } from '../engine/traceItem.ts'
import type { Models } from '../ports/models.ts'
import type { StoredRun } from '../ports/runStore.ts'
import { SourceBroken } from '../ports/source.ts'
import { resultRow, storedCells, storedProgress, undoneRow } from './runViews.ts'
import { done, type Handlers, type Outcome, refuse, type Session } from './session.ts'
import { entryAt } from './sourceHandlers.ts'

type RunHandlers = Pick<Handlers, Extract<keyof Handlers, `runs.${string}`>>

const FINISHED = ['succeeded', 'failed', 'skipped'] as const

export function runHandlers(session: Session, models: () => Models): RunHandlers {
  const { store, runs, files } = session
  const summary = (stored: StoredRun) => runs.live(stored.run)?.summary() ?? storedSummary(stored)
  const withRun = <T>(
    run: string,
    use: (stored: StoredRun) => Promise<Outcome<T>> | Outcome<T>,
  ): Promise<Outcome<T>> | Outcome<T> => {
    const stored = store.run(run)
    return stored === null ? refuse('not_found', `There is no run ${run} in this workspace.`) : use(stored)
  }
  const withLive = (run: string, use: (live: NonNullable<ReturnType<typeof runs.live>>) => void): Outcome<null> => {
    const live = runs.live(run)
    if (live === null) return refuse('not_possible', 'This run is not going on here.')
    use(live)
    return done(null)
  }

  return {
    'runs.test': async ({ text, file, item, params, tiers }) => {
      const options = given({ params, tiers })
      const read = 'value' in item ? done({ key: 'pasted text', value: item.value }) : await readItem(session, item)
      if (!read.ok) return read
      return runs.test({ text, file, key: read.value.key, item: read.value.value, options })
    },
    'runs.launch': (request) => runs.launch(request),
    'runs.list': ({ kind, limit, before }) => done(store.runs({ kind, limit, before: before ?? null }).map(summary)),
    'runs.get': ({ run }) =>
      withRun(run, (stored) => {
        const progress = runs.live(run)?.progress() ?? storedProgress(store, stored)
        return done({ summary: progress.summary, chainText: stored.chainText, progress })
      }),
    'runs.pause': ({ run }) => withLive(run, (live) => live.pause()),
    'runs.cancel': async ({ run }) => {
      const live = runs.live(run)
      if (live === null) return withRun(run, (stored) => runs.cancelStored(stored))
      live.cancel()
      await live.finished()
      return done(null)
    },
    'runs.setConcurrency': ({ run, concurrency }) => withLive(run, (live) => live.setConcurrency(concurrency)),
    'runs.resume': ({ run, budgetUsd }) => runs.resume(run, budgetUsd),
    'runs.retryFailed': ({ run }) => runs.retryFailed(run),
    'runs.cells': ({ run, from, count }) =>
      withRun(run, (stored) => {
        const states = runs.live(run)?.cells(from, count) ?? storedCells(store, stored, { from, count })
        return done({ stages: stored.stages.map(({ id }) => id), from, states })
      }),
    'runs.keys': ({ run, indexes }) => withRun(run, (stored) => done(keysOf(session, stored, indexes))),
    'runs.find': ({ run, statuses, search, sort, descending }) =>
      withRun(run, (stored) => {
        const wanted = statuses ?? null
        const text = search === undefined || search.trim() === '' ? null : search.trim()
        const total = summary(stored).items ?? 0
        // In its own order the whole run needs no search: rows are its indexes.
        if (wanted === null && text === null && sort === 'index') {
          const all = Uint32Array.from({ length: total }, (_, index) => (descending ? total - 1 - index : index))
          return done({ indexes: all })
        }
        const finished = FINISHED.filter((status) => wanted?.includes(status) ?? true)
        const found =
          finished.length === 0
            ? new Uint32Array()
            : store.find(run, { statuses: finished, search: text, sort, descending })
        const isUndoneWanted =
          text === null && (wanted === null || wanted.includes('waiting') || wanted.includes('cancelled'))
        return done({
          indexes: isUndoneWanted ? Uint32Array.from([...found, ...undoneIndexes(session, run, total)]) : found,
        })
      }),
    'runs.rows': ({ run, indexes }) =>
      withRun(run, (stored) => {
        const items = new Map(store.itemsAt(run, indexes).map((item) => [item.index, item]))
        const live = runs.live(run)
        const isCancelled = summary(stored).state.status === 'cancelled'
        const keys = keysOf(session, stored, indexes)
        return done(
          indexes.map((index, at) => {
            const item = items.get(index)
            if (item !== undefined) return resultRow(item)
            const isRunning = live?.cells(index, 1).some((code) => code !== 0) ?? false
            return undoneRow(
              index,
              keys[at] ?? String(index + 1),
              isRunning ? 'running' : isCancelled ? 'cancelled' : 'waiting',
            )
          }),
        )
      }),
    'runs.trace': ({ run, index }) =>
      withRun(run, async (stored) => {
        const prepared = await prepareRun(stored.chainText, planOptions(stored.options), models())
        if (!prepared.ok)
          return refuse(
            'not_possible',
            `The chain of this run cannot be read by this Jacquard: ${prepared.problems[0]?.message ?? ''}`,
          )
        const [record] = store.itemsAt(run, [index])
        const live = runs.live(run)
        const [key] = keysOf(session, stored, [index])
        return done(
          await traceItem({
            run,
            index,
            key: record?.key ?? key ?? String(index + 1),
            plan: prepared.value.plan,
            item: await runs.readItem(stored, index),
            total: summary(stored).items,
            attempts: store.attempts(run, index),
            record: record ?? null,
            liveCells: live?.cells(index, 1) ?? null,
            isCancelled: stored.state.status === 'cancelled',
          }),
        )
      }),
    'runs.export': ({ run, format, file }) =>
      withRun(run, async (stored) => {
        const target = file ?? `results/${slugOf(stored)}-${run.slice(-6).toLowerCase()}.${format}`
        await store.flush()
        const problem = await session.writeResults(store.run(run) ?? stored, files.absolute(target), format)
        if (problem !== null)
          return refuse('files', `${target} could not be written. ${problem} The results are still in the run.`)
        return done({ file: files.shown(files.absolute(target)), items: summary(stored).items ?? 0 })
      }),
  }
}

/** What of a launch shapes its plan: a budget, say, has no place in a trace. */
function planOptions({ params, tiers }: LaunchOptions): LaunchOptions {
  return given({ params, tiers })
}

function given({ params, tiers }: { params?: LaunchOptions['params']; tiers?: LaunchOptions['tiers'] }): LaunchOptions {
  return { ...(params === undefined ? {} : { params }), ...(tiers === undefined ? {} : { tiers }) }
}

async function readItem(
  session: Session,
  at: { source: Parameters<Session['openSource']>[0]; index: number },
): Promise<Outcome<{ key: string; value: Json }>> {
  try {
    const source = await session.openSource(at.source)
    const entry = await entryAt(source, at.index)
    const read = await entry?.load()
    await source.close()
    if (entry === null || read === undefined) return refuse('not_found', `The source has no item ${at.index + 1}.`)
    return read.ok ? done({ key: entry.key, value: read.value }) : refuse('files', read.failure.message)
  } catch (error) {
    if (!(error instanceof SourceBroken)) throw error
    return refuse('files', error.message)
  }
}

function keysOf({ store }: Session, stored: StoredRun, indexes: readonly number[]): readonly string[] {
  if (stored.testItem !== null) return indexes.map(() => stored.testItem?.key ?? '')
  return store.keys(stored.run, indexes) ?? indexes.map((index) => String(index + 1))
}

function undoneIndexes({ store }: Session, run: string, total: number): number[] {
  const isDone = new Uint8Array(total)
  for (const index of store.find(run, { statuses: FINISHED, search: null, sort: 'index', descending: false }))
    isDone[index] = 1
  return Array.from(isDone.keys()).filter((index) => isDone[index] === 0)
}

function slugOf({ chainName }: StoredRun): string {
  return (
    chainName
      .toLowerCase()
      .replace(/[^\p{L}\p{N}]+/gu, '-')
      .replace(/^-+|-+$/g, '') || 'results'
  )
}
