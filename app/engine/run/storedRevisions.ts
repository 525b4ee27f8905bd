import type { LaunchOptions } from '../../../shared/run.ts'
import type { RunStore, StoredRun } from '../../ports/runStore.ts'

/** One state of a run's chain, as it is stored. */
export interface ChainRevision {
  /** 0: the launch. */
  readonly revision: number
  readonly chainText: string
  readonly files: { readonly [path: string]: string }
  readonly options: LaunchOptions
}

export interface StoredRevisions {
  /** By which all run that have no newer one of their own. */
  readonly main: ChainRevision
  /** Of the newest one, whomever it is for; 0: there is only the launch. */
  readonly newest: number
  of(revision: number): ChainRevision
}

export function storedRevisions(store: RunStore, stored: StoredRun): StoredRevisions {
  const { chainText, files, options } = stored
  const launch: ChainRevision = { revision: 0, chainText, files, options }
  const later = store.revisions(stored.run)
  const main = later.findLast(({ scope }) => scope !== 'items') ?? launch
  return {
    main,
    newest: later.at(-1)?.revision ?? 0,
    of: (revision) => later.find((known) => known.revision === revision) ?? launch,
  }
}
