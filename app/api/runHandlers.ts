import type { Json } from '../../shared/json.ts'
import type { LaunchOptions } from '../../shared/run.ts'
import type { GroupInfo, ResultRow } from '../../shared/trace.ts'
import { groupName } from '../engine/lanes/groupItem.ts'
import { itemScope } from '../engine/lanes/itemScope.ts'
import { outputOf } from '../engine/lanes/laneRun.ts'
import { prepareRun } from '../engine/run/prepareRun.ts'
import { frozenFiles } from '../engine/run/readUses.ts'
import { revisionOf } from '../engine/run/runPlans.ts'
import { storedSummary } from '../engine/run/runSummary.ts'
import { type ChainRevision, storedRevisions } from '../engine/run/storedRevisions.ts'
import { traceItem } from '../engine/trace/traceItem.ts'
import type { Models } from '../ports/models.ts'
import type { ItemRecord, StoredRun } from '../ports/runStore.ts'
import { readTestItem } from './readTestItem.ts'
import type { RunChangeHandlers } from './runChangeHandlers.ts'
import { laneItems, resultRow, storedCells, storedProgress, undoneRow } from './runViews.ts'
import { done, type Handlers, type Outcome, refuse, type Session } from './session.ts'

type RunHandlers = Omit<Pick<Handlers, Extract<keyof Handlers, `runs.${string}`>>, keyof RunChangeHandlers>

const FINISHED = ['succeeded', 'failed', 'skipped', 'gathered'] as const

export function runHandlers(session: Session, models: () => Models): RunHandlers {
  const { store, runs, files } = session
  const summary = (stored: StoredRun) => runs.live(stored.run)?.summary() ?? storedSummary(stored)
  const itemsOf = (stored: StoredRun, lane: number) => {
    const live = runs.live(stored.run)?.summary().lanes[lane]
    if (live === undefined) return laneItems(store, stored, lane)
    // Of a source that is still read, or grows, what has come so far: the store knows of it a little later.
    return live.items ?? Object.values(live.counts).reduce((sum, count) => sum + count, 0)
  }
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
    'runs.test': async ({ text, file, item, params, tiers, stages, memory }) => {
      const options = given({ params, tiers, stages, memory })
      const read = await readTestItem(session, item)
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
    'runs.pause': ({ run, now }) => withLive(run, (live) => (now === true ? live.pauseAtOnce() : live.pause())),
    'runs.finish': ({ run }) => withLive(run, (live) => live.finish()),
    'runs.cancel': async ({ run }) => {
      const live = runs.live(run)
      // One whose results are being written has come to its end, whatever that was.
      if (live?.isEnding === true) await live.finished()
      if (live === null || live.isEnding) return withRun(run, (stored) => runs.cancelStored(stored))
      live.cancel()
      await live.finished()
      return done(null)
    },
    'runs.setConcurrency': ({ run, concurrency }) => withLive(run, (live) => live.setConcurrency(concurrency)),
    'runs.resume': ({ run, budgetUsd, ignore }) =>
      runs.resume(run, { ...(budgetUsd !== undefined && { budgetUsd }), ...(ignore !== undefined && { ignore }) }),
    'runs.retryFailed': ({ run, budgetUsd }) => runs.retryFailed(run, budgetUsd === undefined ? {} : { budgetUsd }),
    'runs.cells': ({ run, lane, from, count }) =>
      withRun(run, (stored) => {
        const states = runs.live(run)?.cells(lane, { from, count }) ?? storedCells(store, stored, { lane, from, count })
        const stages = stored.stages.filter((stage) => stage.lane === lane)
        return done({ stages: stages.map(({ id }) => id), from, states })
      }),
    'runs.keys': ({ run, lane, indexes }) =>
      withRun(run, (stored) => done(placesOf(session, stored, { lane, indexes }).map(({ key }) => key))),
    'runs.find': ({ run, lane, statuses, search, sort, descending }) =>
      withRun(run, (stored) => {
        const wanted = statuses ?? null
        const text = search === undefined || search.trim() === '' ? null : search.trim()
        const total = itemsOf(stored, lane)
        // In its own order the whole run needs no search: rows are its indexes.
        if (wanted === null && text === null && sort === 'index') {
          const all = Uint32Array.from({ length: total }, (_, index) => (descending ? total - 1 - index : index))
          return done({ indexes: all })
        }
        // An item that its gather took on counts among those that its lane is done with.
        const finished = FINISHED.filter(
          (status) => wanted === null || wanted.includes(status === 'gathered' ? 'succeeded' : status),
        )
        const found =
          finished.length === 0
            ? new Uint32Array()
            : store.find(run, lane, { statuses: finished, search: text, sort, descending })
        const isUndoneWanted =
          text === null && (wanted === null || wanted.includes('waiting') || wanted.includes('cancelled'))
        const undone = isUndoneWanted ? undoneIndexes(session, run, { lane, total }) : []
        return done({ indexes: isUndoneWanted ? Uint32Array.from([...found, ...undone]) : found })
      }),
    'runs.rows': ({ run, lane, indexes }) =>
      withRun(run, (stored) => {
        const items = new Map(store.itemsAt(run, lane, indexes).map((item) => [item.index, item]))
        const live = runs.live(run)
        const isCancelled = summary(stored).state.status === 'cancelled'
        return done(
          placesOf(session, stored, { lane, indexes }).map((place) => {
            const item = items.get(place.index)
            if (item !== undefined) return resultRow(item, place.members)
            const cells = live?.cells(lane, { from: place.index, count: 1 })
            const isRunning = cells?.some((code) => code !== 0) ?? false
            return undoneRow(place, isRunning ? 'running' : isCancelled ? 'cancelled' : 'waiting')
          }),
        )
      }),
    'runs.trace': ({ run, lane, index }) =>
      withRun(run, async (stored) => {
        const [record] = store.itemsAt(run, lane, [index])
        const revision = revisionOfItem(store, stored, { lane, index, record: record ?? null })
        const parts = { models: models(), files: frozenFiles(revision.files) }
        const prepared = await prepareRun(revision.chainText, planOptions(revision.options), parts)
        if (!prepared.ok)
          return refuse(
            'not_possible',
            `The chain of this run cannot be read by this Jacquard: ${prepared.problems[0]?.message ?? ''}`,
          )
        const plan = prepared.value.plan.lanes[lane]
        if (plan === undefined) return refuse('not_found', `This run has no lane ${lane + 1}.`)
        const [place] = placesOf(session, stored, { lane, indexes: [index] })
        const read = await runs.readItem(stored, lane, index)
        const { params } = prepared.value.plan
        const previous = prepared.value.isSequential ? previousOutput(session, stored, { lane, index }) : null
        const around = { params, run, startedAt: stored.startedAt, total: summary(stored).items }
        return done(
          await traceItem({
            run,
            lane,
            index,
            key: record?.key ?? place?.key ?? String(index + 1),
            plan,
            item: read.ok ? { ...read, scope: itemScope(plan, { index, previous, ...read }, around) } : read,
            group: groupInfo(session, stored, { lane, index }),
            inGroup: store.groupOf(run, lane, index),
            attempts: store.attempts(run, lane, index),
            record: record ?? null,
            liveCells: runs.live(run)?.cells(lane, { from: index, count: 1 }) ?? null,
            isCancelled: stored.state.status === 'cancelled',
            revision: revision.revision,
            retries: runs.live(run)?.retries(lane, index) ?? new Map(),
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
function planOptions({ params, tiers, stages }: LaunchOptions): LaunchOptions {
  return given({ params, tiers, stages })
}

function given(options: Partial<Record<'params' | 'tiers' | 'stages' | 'memory', unknown>>): LaunchOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined))
}

/** By which state of the run's chain an item ran, or will run. */
function revisionOfItem(
  store: Session['store'],
  stored: StoredRun,
  { lane, index, record }: { lane: number; index: number; record: ItemRecord | null },
): ChainRevision {
  const revisions = storedRevisions(store, stored)
  if (record !== null && !record.isRedone) return revisions.of(record.revision)
  const named = revisions.newest === 0 ? undefined : store.itemRevisions(stored.run, lane).get(index)
  return revisions.of(revisionOf(named, revisions.main.revision))
}

/** What rows are named by, in the order asked for. */
function placesOf(
  { store }: Session,
  stored: StoredRun,
  { lane, indexes }: { lane: number; indexes: readonly number[] },
): readonly Pick<ResultRow, 'lane' | 'index' | 'members' | 'key'>[] {
  if (lane > 0)
    return indexes.map((index) => {
      const [group] = store.groups(stored.run, lane, { from: index, to: index + 1 })
      const key = group === undefined ? String(index + 1) : groupName(group)
      return { lane, index, members: group?.members.length ?? 0, key }
    })
  const keys = stored.testItem === null ? store.keys(stored.run, indexes) : indexes.map(() => stored.testItem?.key)
  return indexes.map((index, at) => ({ lane, index, members: 0, key: keys?.[at] ?? String(index + 1) }))
}

function groupInfo(
  { store }: Session,
  { run }: StoredRun,
  { lane, index }: { lane: number; index: number },
): GroupInfo | null {
  const [group] = lane === 0 ? [] : store.groups(run, lane, { from: index, to: index + 1 })
  return group === undefined ? null : { key: group.key, reason: group.reason, members: [...group.members] }
}

function previousOutput(
  { store }: Session,
  { run }: StoredRun,
  { lane, index }: { lane: number; index: number },
): Json {
  const [before] = store.itemsAt(run, lane, [index - 1])
  return before === undefined ? null : outputOf(before)
}

function undoneIndexes({ store }: Session, run: string, { lane, total }: { lane: number; total: number }): number[] {
  const isDone = new Uint8Array(total)
  for (const index of store.find(run, lane, { statuses: FINISHED, search: null, sort: 'index', descending: false }))
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
