import type { PlannedModelStage } from '../../core/plan.ts'
import type { AnswerSize } from '../../ports/runStore.ts'

/** An answer of some sentences, and of one field. */
const TEXT_TOKENS = 250
const FIELD_TOKENS = 25
/** What stands around the item's text in a prompt. */
const AROUND_TOKENS = 40

/** A call that nobody has made yet: as the stage's last ones were, else by what is usual. */
export function roughSize(
  stage: PlannedModelStage,
  known: AnswerSize | undefined,
  around: { readonly fixedTokens: number; readonly itemTokens: number },
): AnswerSize {
  if (known !== undefined) return known
  const fields = stage.schema === null ? 0 : JSON.stringify(stage.schema).split('"type"').length - 1
  const usual = fields === 0 ? TEXT_TOKENS : fields * FIELD_TOKENS
  return {
    inputTokens: around.fixedTokens + AROUND_TOKENS + around.itemTokens,
    outputTokens: Math.min(usual, stage.maxTokens ?? usual),
  }
}
