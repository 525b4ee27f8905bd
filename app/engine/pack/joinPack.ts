import type { Scope } from '../../core/expression.ts'
import { packPrompt } from '../../core/pack/packPrompt.ts'
import type { PlannedModelStage, PlannedPack } from '../../core/plan.ts'
import { countTokens, estimateTokens, loadTokenizer } from '../../core/tokens.ts'
import type { AttemptRecord } from '../../ports/runStore.ts'
import type { Cell, SharedOutcome } from '../model/modelCell.ts'
import { joined, type RenderedQuestion } from '../model/renderModelStage.ts'

interface Packing {
  readonly pack: PlannedPack
  readonly rendered: RenderedQuestion
  readonly scope: Scope
  /** Of the cell so far; those of shared calls are added. */
  readonly attempts: AttemptRecord[]
  /** Its question, for memory. */
  readonly ask: string
}

/** Has an item asked together with others. `alone`: it is to be asked by itself. */
export async function joinPack(
  stage: PlannedModelStage,
  { pack, rendered, scope, attempts, ask }: Packing,
  { calls, journal }: Cell,
): Promise<SharedOutcome> {
  const group = pack.groupBy === null ? null : await pack.groupBy.evaluate(scope)
  if (group?.ok === false) return { kind: 'failed', failure: group.failure }
  const { instructions, ownInstructions, subject, prompt } = rendered
  const { tokens, room } = await measure(stage, rendered, calls.own.model.contextTokens)
  return calls.room.join({
    task: { stage, calls, instructions, ownInstructions },
    pack,
    group: group?.value ?? null,
    member: { journal, subject, prompt, tokens, ask, attempts },
    tokens: room,
  })
}

/** Id and brackets around one item. */
const ENTRY_TOKENS = 12

/**
 * How many tokens an item adds to a call, and how many all of a call may add; null: any number. The limit is the pack's or
 * the stage's `maxInputTokens`, counted; without one half of what the model holds, estimated.
 */
async function measure(
  stage: PlannedModelStage,
  { instructions, subject }: RenderedQuestion,
  contextTokens: number | null,
): Promise<{ tokens: number; room: number | null }> {
  const said = stage.pack?.maxInputTokens ?? stage.maxInputTokens
  if (said !== null) await loadTokenizer()
  const count = said === null ? estimateTokens : countTokens
  const tokens = count(JSON.stringify(subject)) + ENTRY_TOKENS
  const limit = said ?? (contextTokens === null ? null : Math.floor(contextTokens / 2))
  if (limit === null) return { tokens, room: null }
  const { rules, schema } = packPrompt([], stage.schema)
  return { tokens, room: limit - count(`${joined(instructions, rules)}${JSON.stringify(schema)}`) }
}
