import type { ApiError } from '../../../shared/api.ts'
import type { LaunchOptions } from '../../../shared/run.ts'
import type { RunChange } from '../../../shared/runChange.ts'
import { type ChainState, cannotReplace, changedStages } from '../../core/changedStages.ts'
import type { Redo, RevisionRecord, RunStore, StoredRun } from '../../ports/runStore.ts'
import type { UsedFiles } from '../../ports/usedFiles.ts'
import type { Prepared } from './prepareRun.ts'
import { frozenFiles } from './readUses.ts'
import { revisionOf } from './runPlans.ts'
import { type ChainRevision, storedRevisions } from './storedRevisions.ts'

/** What a change comes to, before anything of it is done. */
export interface PlannedChange {
  readonly redo: Redo
  /** null: nothing is different, some items are asked for again. */
  readonly revision: RevisionRecord | null
  /** Stages whose cells are not taken over. */
  readonly stages: readonly string[]
  /** By what is different; null: as before. */
  readonly prepared: Prepared | null
}

type Outcome<T> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: ApiError }

interface Around {
  readonly store: RunStore
  /** Unix milliseconds. */
  readonly now: number
  /** As the workspace holds them now: what a changed text uses. */
  readonly files: UsedFiles
  prepare(text: string, options: LaunchOptions, files: UsedFiles): Promise<Outcome<Prepared>>
}

/** Works out what a change means for a run, and what can be said against it. */
export async function planChange(
  stored: StoredRun,
  change: RunChange,
  around: Around,
): Promise<Outcome<PlannedChange>> {
  const { store } = around
  const redo = redoOf(stored, change, store)
  if (typeof redo === 'string') return refuse(redo)
  const isSame = change.text === undefined && change.tiers === undefined && change.stages === undefined
  if (isSame) return { ok: true, value: { redo, revision: null, stages: [], prepared: null } }
  const { newest } = storedRevisions(store, stored)
  const { base, all } = revisionsOf(stored, redo, store)
  const options = mergedOptions(base.options, change)
  const text = change.text ?? base.chainText
  const files = change.text === undefined ? frozenFiles(base.files) : around.files
  const prepared = await around.prepare(text, options, files)
  if (!prepared.ok) return prepared
  const after: ChainState = { ...prepared.value, options }
  const [own, withDependents] = [new Set<string>(), new Set<string>()]
  for (const revision of all) {
    const before = await stateOf(revision, around)
    if (!before.ok) return before
    const refusal = cannotReplace(before.value.plan, after.plan)
    if (refusal !== null) return refuse(refusal)
    const changed = changedStages(before.value, after)
    for (const id of changed.own) own.add(id)
    for (const id of changed.withDependents) withDependents.add(id)
  }
  const revision: RevisionRecord = {
    run: stored.run,
    revision: newest + 1,
    at: around.now,
    chainText: text,
    files: prepared.value.files,
    options,
    changed: [...own],
    scope: change.scope.kind,
  }
  return { ok: true, value: { redo, revision, stages: [...withDependents], prepared: prepared.value } }
}

/** Options of a launch with what is different laid over, stage by stage. */
export function mergedOptions(
  options: LaunchOptions,
  { tiers, stages }: Pick<RunChange, 'tiers' | 'stages'>,
): LaunchOptions {
  const merged = { ...options.stages }
  for (const [id, override] of Object.entries(stages ?? {})) merged[id] = { ...merged[id], ...override }
  // The tier of an override is stronger than that of `tiers`: what is chosen last must win.
  for (const [id, tier] of Object.entries(tiers ?? {}))
    if (merged[id]?.tier !== undefined) merged[id] = { ...merged[id], tier }
  return {
    ...options,
    ...(tiers !== undefined && { tiers: { ...options.tiers, ...tiers } }),
    ...(Object.keys(merged).length > 0 && { stages: merged }),
  }
}

/**
 * By what those ran that a change is for, and what of it the change is laid over: items may have a revision of their own,
 * and what was changed for them before is not taken back. Where they have several, that of the run.
 */
function revisionsOf(
  stored: StoredRun,
  redo: Redo,
  store: RunStore,
): { readonly base: ChainRevision; readonly all: readonly ChainRevision[] } {
  const { main, newest, of } = storedRevisions(store, stored)
  if (redo.kind !== 'items' || newest === main.revision) return { base: main, all: [main] }
  const own = store.itemRevisions(stored.run, redo.lane)
  const all = [...new Set(redo.indexes.map((index) => revisionOf(own.get(index), main.revision)))].map(of)
  const [only = main] = all
  return { base: all.length === 1 ? only : main, all }
}

async function stateOf({ chainText, options, files }: ChainRevision, around: Around): Promise<Outcome<ChainState>> {
  const prepared = await around.prepare(chainText, options, frozenFiles(files))
  return prepared.ok ? { ok: true, value: { ...prepared.value, options } } : prepared
}

function redoOf(stored: StoredRun, { scope }: RunChange, store: RunStore): Redo | string {
  switch (scope.kind) {
    case 'rest':
      return { kind: 'nothing' }
    case 'failed':
      return { kind: 'failed' }
    case 'all':
      return stored.lanes.length > 1
        ? 'Groups of this run are made of finished items, which cannot be taken out of them again. Launch the chain anew: what is asked as before comes from memory.'
        : { kind: 'all' }
    case 'items': {
      const { lane, indexes = [], causes = [] } = scope
      const all = [...new Set([...indexes, ...store.failedOf(stored.run, lane, causes)])].sort((a, b) => a - b)
      const failed = new Set(failedAmong(store, stored.run, { lane, indexes: all }))
      const named = all.filter((index) => failed.has(index))
      return named.length === 0 ? 'None of these items has failed (any more).' : { kind: 'items', lane, indexes: named }
    }
  }
}

/** Items that are asked for at once. */
const PAGE = 500

function failedAmong(store: RunStore, run: string, at: { lane: number; indexes: readonly number[] }): number[] {
  const failed: number[] = []
  for (let from = 0; from < at.indexes.length; from += PAGE)
    for (const { index, status } of store.itemsAt(run, at.lane, at.indexes.slice(from, from + PAGE)))
      if (status === 'failed') failed.push(index)
  return failed
}

function refuse(message: string): { readonly ok: false; readonly error: ApiError } {
  return { ok: false, error: { kind: 'not_possible', message } }
}
