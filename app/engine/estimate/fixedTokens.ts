import { valueAsText } from '../../core/expression.ts'
import { packPrompt } from '../../core/pack/packPrompt.ts'
import { countTokens } from '../../core/tokens.ts'
import type { ModelPath } from './modelPaths.ts'

/** Tokens of every call that are the same for all items, by path: instructions, knowledge, schema. Needs the tokenizer. */
export async function fixedTokensOf(paths: readonly ModelPath[]): Promise<ReadonlyMap<string, number>> {
  const counted = new Map<string, number>()
  for (const { path, stage } of paths) {
    const instructions =
      stage.keepInstructions && stage.instructions !== null ? await stage.instructions.evaluate({}) : null
    const text = instructions?.ok === true ? valueAsText(instructions.value) : ''
    const schema = stage.schema === null ? '' : JSON.stringify(stage.schema)
    counted.set(path, countTokens(stage.knowledge ?? '') + countTokens(text) + countTokens(schema))
  }
  return counted
}

/** What a shared call has besides, by path: how the answers are to be given. Needs the tokenizer. */
export function packTokensOf(paths: readonly ModelPath[]): ReadonlyMap<string, number> {
  return new Map(
    paths.map(({ path, stage }) => {
      const { rules, message, schema } = packPrompt([], stage.schema)
      const own = stage.schema === null ? 0 : countTokens(JSON.stringify(stage.schema))
      return [path, countTokens(rules) + countTokens(message) + countTokens(JSON.stringify(schema)) - own]
    }),
  )
}
