import { create } from 'zustand'
import type { Budgets, ChainEntry, HostInfo } from '../../shared/api.ts'
import type { Tier } from '../../shared/tier.ts'
import { callOrNotify } from '../lib/callOrNotify.ts'

interface HostState {
  /** null until the host has answered for the first time. */
  readonly info: HostInfo | null
  readonly tiers: readonly Tier[]
  /** null until they have been read for the first time. */
  readonly budgets: Budgets | null
  readonly connection: 'connecting' | 'open' | 'lost'
  readonly chains: readonly ChainEntry[]
  /** false until the chains have been read for the first time. */
  readonly isListed: boolean
  refreshInfo(): Promise<void>
  refreshTiers(): Promise<void>
  refreshBudgets(): Promise<void>
  refreshChains(): Promise<void>
  setConnection(connection: 'connecting' | 'open' | 'lost'): void
}

/** A mirror of what the host says of itself and of its workspace. */
export const useHostStore = create<HostState>()((set) => ({
  info: null,
  tiers: [],
  budgets: null,
  connection: 'connecting',
  chains: [],
  isListed: false,
  async refreshInfo() {
    const info = await callOrNotify('host.info', {})
    if (info !== null) set({ info })
  },
  async refreshTiers() {
    const tiers = await callOrNotify('tiers.list', {})
    if (tiers !== null) set({ tiers })
  },
  async refreshBudgets() {
    const budgets = await callOrNotify('budgets.get', {})
    if (budgets !== null) set({ budgets })
  },
  async refreshChains() {
    const chains = await callOrNotify('chains.list', {})
    if (chains !== null) set({ chains, isListed: true })
  },
  setConnection(connection) {
    set({ connection })
  },
}))

export function selectTier(name: string | null): (state: HostState) => Tier | null {
  return (state) => state.tiers.find((tier) => tier.name === name) ?? null
}
