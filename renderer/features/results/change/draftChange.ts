import type { Chain } from '../../../../shared/chain.ts'
import { type ChainEdit, editChain } from '../../../../shared/chainEdit.ts'
import type { ChangeScope, RunChange } from '../../../../shared/runChange.ts'
import { allStages, findStage, type PlacedStage } from '../../../../shared/stageTree.ts'

/** What is different at one model stage. Empty text: the key is taken out. */
export interface StageDraft {
  readonly instructions?: string
  readonly prompt?: string
  readonly tier?: string
  readonly maxTokens?: number
}

/** A change of a run's chain as it is being made. `build`: in place of edits, the chain as it stands in Build. */
export interface ChangeDraft {
  readonly from: 'run' | 'build'
  readonly stages: Readonly<Record<string, StageDraft>>
}

export const NO_CHANGE: ChangeDraft = { from: 'run', stages: {} }

/** The stages whose prompts can be changed. */
export function modelStages(chain: Chain): readonly PlacedStage[] {
  return allStages(chain).filter(({ stage }) => stage.kind === 'model')
}

/** The chain's text with what was edited; comments and all that is untouched stay as they are. */
export function editedText(text: string, chain: Chain, stages: ChangeDraft['stages']): string {
  const edits = Object.entries(stages).flatMap(([id, draft]): ChainEdit[] => {
    const placed = findStage(chain, id)
    if (placed === null) return []
    return Object.entries(draft).map(([key, value]) => ({
      kind: 'set',
      path: [...placed.path, key],
      value: value === '' ? undefined : value,
    }))
  })
  return edits.length === 0 ? text : editChain(text, edits)
}

interface ChangeOf {
  /** Of the run as it goes on now. */
  readonly text: string
  /** What it is to go on by. */
  readonly next: string
  readonly draft: ChangeDraft
  readonly scope: ChangeScope
}

/**
 * What the host is asked. Tiers and limits go beside the text too: those that the launch set would be stronger than what
 * the text says.
 */
export function changeOf({ text, next, draft, scope }: ChangeOf): RunChange {
  const edited = draft.from === 'run' ? Object.entries(draft.stages) : []
  const tiers = edited.flatMap(([id, { tier }]) => (tier === undefined ? [] : [[id, tier] as const]))
  const limits = edited.flatMap(([id, { maxTokens }]) =>
    maxTokens === undefined ? [] : [[id, { maxTokens }] as const],
  )
  return {
    scope,
    ...(next !== text && { text: next }),
    ...(tiers.length > 0 && { tiers: Object.fromEntries(tiers) }),
    ...(limits.length > 0 && { stages: Object.fromEntries(limits) }),
  }
}

/** Whether anything would be different; otherwise items would only be asked again. */
export function isDifferent({ text, tiers, stages }: RunChange): boolean {
  return text !== undefined || tiers !== undefined || stages !== undefined
}
