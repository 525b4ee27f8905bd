import { causeTitle } from '../../shared/failureCause.ts'
import type { FailureCause } from '../../shared/runChange.ts'
import { prepareRun } from '../engine/run/prepareRun.ts'
import { frozenFiles } from '../engine/run/readUses.ts'
import { storedRevisions } from '../engine/run/storedRevisions.ts'
import type { Models } from '../ports/models.ts'
import type { StoredRun } from '../ports/runStore.ts'
import { failureFix } from './failureFix.ts'
import { readTestItem } from './readTestItem.ts'
import { done, type Handlers, type Outcome, refuse, type Session } from './session.ts'

export type RunChangeHandlers = Pick<
  Handlers,
  | 'runs.preview'
  | 'runs.change'
  | 'runs.revisions'
  | 'runs.failures'
  | 'runs.tryChange'
  | 'runs.first'
  | 'backends.clamp'
>

/** What a person does to a run while it goes on and afterwards, beyond pausing and resuming it. */
export function runChangeHandlers(session: Session, models: () => Models): RunChangeHandlers {
  const { store, runs } = session
  const withRun = <T>(
    run: string,
    use: (stored: StoredRun) => Promise<Outcome<T>> | Outcome<T>,
  ): Promise<Outcome<T>> | Outcome<T> => {
    const stored = store.run(run)
    return stored === null ? refuse('not_found', `There is no run ${run} in this workspace.`) : use(stored)
  }

  return {
    'runs.preview': async ({ what }) => {
      if (what.kind !== 'test') return runs.preview(what)
      const item = await readTestItem(session, what.item)
      return item.ok ? runs.preview({ ...what, key: item.value.key, item: item.value.value }) : item
    },
    'runs.change': ({ run, change, budgetUsd }) =>
      runs.change(run, change, budgetUsd === undefined ? {} : { budgetUsd }),
    'runs.revisions': ({ run }) =>
      withRun(run, (stored) => {
        const counts = store.countByRevision(run)
        const { chainText, startedAt: at } = stored
        const launch = { revision: 0, at, chainText, stages: [], scope: null, items: counts.get(0) ?? 0 }
        const later = store.revisions(run).map(({ revision, at, chainText, changed, scope }) => {
          return { revision, at, chainText, stages: changed, scope, items: counts.get(revision) ?? 0 }
        })
        return done([launch, ...later])
      }),
    'runs.failures': ({ run }) =>
      withRun(run, async (stored) => {
        await store.flush().catch(() => undefined)
        return done(await failureCauses(session, stored, models()))
      }),
    'runs.tryChange': ({ run, indexes, stages }) => runs.tryChange(run, { indexes, stages }),
    'runs.first': ({ run, indexes }) => {
      const live = runs.live(run)
      if (live === null) return refuse('not_possible', 'This run is not going on here.')
      live.first(indexes)
      return done(null)
    },
    'backends.clamp': ({ name, concurrency }) =>
      session.clampBackend(name, concurrency)
        ? done(null)
        : refuse('not_found', `Nothing has called ${name} since this program started.`),
  }
}

async function failureCauses(
  { store, tiers }: Session,
  stored: StoredRun,
  models: Models,
): Promise<readonly FailureCause[]> {
  const { run } = stored
  const { main } = storedRevisions(store, stored)
  const prepared = await prepareRun(main.chainText, main.options, { models, files: frozenFiles(main.files) })
  const plan = prepared.ok ? prepared.value.plan : null
  return store.causes(run).flatMap(({ lane, cause, count, indexes }): FailureCause[] => {
    const [first = 0] = indexes
    const [item] = store.itemsAt(run, lane, [first])
    if (item?.error == null) return []
    const { stage, kind, message } = item.error
    const attempts = store.attempts(run, lane, first)
    return [
      {
        cause,
        lane,
        stage,
        kind,
        count,
        title: causeTitle({ kind, message }),
        example: { index: first, key: item.key, message },
        indexes,
        fix: failureFix({ error: item.error, plan, attempts, tiers: tiers() }),
      },
    ]
  })
}
