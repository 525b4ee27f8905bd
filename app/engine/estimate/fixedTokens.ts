import { valueAsText } from '../../core/expression.ts'
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
