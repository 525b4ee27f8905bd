import { compileExpression } from '../../../../shared/expressions/compileExpression.ts'
import type { Json, JsonObject } from '../../../../shared/json.ts'
import { expressionReferences } from '../../../../shared/references.ts'
import { parseTemplate } from '../../../../shared/template.ts'

/** A part of a rendered prompt. */
export type RenderedPart =
  | { readonly kind: 'text'; readonly text: string }
  /** What an expression gave for this item. */
  | { readonly kind: 'value'; readonly text: string; readonly source: string }
  /** It needs what is there only once the chain runs: a stage's output, or the tokenizer. */
  | { readonly kind: 'placeholder'; readonly source: string }
  | { readonly kind: 'error'; readonly source: string; readonly message: string }

/** No expression of a preview may hold the window up for longer. */
const TIMEOUT_MS = 200

/** Renders a text for one item. `known` holds `item`, `params` and whatever else has a value before the chain runs. */
export async function renderTemplate(text: string, known: JsonObject): Promise<readonly RenderedPart[]> {
  const { template } = parseTemplate(text)
  const parts: RenderedPart[] = []
  for (const part of template.parts)
    parts.push(part.kind === 'text' ? part : await renderExpression(part.source, known, template.exact))
  return parts
}

/** The tokenizer is the app's: a window does without its two megabytes. */
const NEEDS_APP = /\$(tokens|chunk)\b/

async function renderExpression(source: string, known: JsonObject, isAlone: boolean): Promise<RenderedPart> {
  if (NEEDS_APP.test(source) || expressionReferences(source).some(({ name }) => !(name in known)))
    return { kind: 'placeholder', source }
  const result = await compileExpression(source, { timeoutMs: TIMEOUT_MS, functions: [] })(known)
  if (!result.ok) return { kind: 'error', source, message: result.message }
  // Inside text the run would stop here.
  if (result.value === undefined && !isAlone)
    return { kind: 'error', source, message: `It finds nothing in this item. To allow that, write ${source} ?? ''.` }
  return { kind: 'value', text: textOf(result.value), source }
}

function textOf(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2)
}

/** Tokens of a text by the usual rule of thumb. */
export function roughTokens(text: string): number {
  return Math.ceil(text.length / 4)
}
