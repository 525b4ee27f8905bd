import { create } from 'zustand'
import { FRESH_DRAFT, type LaunchDraft } from './launchDraft.ts'

interface LaunchState {
  /** By chain file, so that going to another screen or chain and back loses nothing. */
  readonly drafts: ReadonlyMap<string, LaunchDraft>
  change(file: string, change: Partial<LaunchDraft>): void
}

export const useLaunchStore = create<LaunchState>()((set) => ({
  drafts: new Map(),
  change(file, change) {
    set(({ drafts }) => ({ drafts: new Map(drafts).set(file, { ...(drafts.get(file) ?? FRESH_DRAFT), ...change }) }))
  },
}))

export function selectDraft(file: string): (state: LaunchState) => LaunchDraft {
  return (state) => state.drafts.get(file) ?? FRESH_DRAFT
}
