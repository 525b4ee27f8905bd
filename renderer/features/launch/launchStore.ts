import { create } from 'zustand'
import { FRESH_DRAFT, type LaunchDraft } from './launchDraft.ts'

interface LaunchState {
  /** By chain file, so that going to another screen or chain and back loses nothing. */
  readonly drafts: ReadonlyMap<string, LaunchDraft>
  /** Items of the sample that an estimate is to rest on, by chain file. */
  readonly tried: ReadonlyMap<string, number>
  change(file: string, change: Partial<LaunchDraft>): void
  triedItems(file: string, count: number): void
}

export const useLaunchStore = create<LaunchState>()((set) => ({
  drafts: new Map(),
  tried: new Map(),
  change(file, change) {
    set(({ drafts }) => ({ drafts: new Map(drafts).set(file, { ...(drafts.get(file) ?? FRESH_DRAFT), ...change }) }))
  },
  triedItems(file, count) {
    set(({ tried }) => ({ tried: new Map(tried).set(file, count) }))
  },
}))

export function selectDraft(file: string): (state: LaunchState) => LaunchDraft {
  return (state) => state.drafts.get(file) ?? FRESH_DRAFT
}
