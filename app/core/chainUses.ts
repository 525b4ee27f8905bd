import type { Chain } from '../../shared/chain.ts'
import type { ChainGraph } from '../../shared/graph.ts'
import type { Worker } from '../../shared/worker.ts'

/** A chain that another one uses, as it was read at the launch. */
export interface UsedChain {
  readonly chain: Chain
  readonly graph: ChainGraph
}

/** The files that a chain uses, read and found right before it is planned. */
export interface ChainUses {
  /** By the name that a stage gives. */
  readonly workers: ReadonlyMap<string, Worker>
  /** By path: the text of a knowledge file. */
  readonly knowledge: ReadonlyMap<string, string>
  /** By path. */
  readonly chains: ReadonlyMap<string, UsedChain>
}

export const NO_USES: ChainUses = { workers: new Map(), knowledge: new Map(), chains: new Map() }
