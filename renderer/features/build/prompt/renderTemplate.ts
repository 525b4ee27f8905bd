import jsonata from 'jsonata'
import type { Json, JsonObject } from '../../../../shared/json.ts'
import { expressionReferences } from '../../../../shared/references.ts'
import { isJsonataError, parseTemplate } from '../../../../shared/template.ts'

/** A part of a rendered prompt. */
export type RenderedPart =
  | { readonly kind: 'text'; readonly text: string }
  /** What an expression gave for this item. */
  | { readonly kind: 'value'; readonly text: string; readonly source: string }
  /** It needs a stage's output, which is there only once the chain has run. */
  | { readonly kind: 'placeholder'; readonly source: string }
  | { readonly kind: 'error'; readonly source: string; readonly message: string }

/** No expression of a preview may hold the window up for longer. */
const TIMEOUT_MS = 200

/** Renders a text for one item. `known` holds `item`, `params` and whatever else has a value before the chain runs. */
export async function renderTemplate(text: string, known: JsonObject): Promise<readonly RenderedPart[]> {
  const parts: RenderedPart[] = []
  for (const part of parseTemplate(text).template.parts)
    parts.push(part.kind === 'text' ? part : await renderExpression(part.source, known))
  return parts
}

async function renderExpression(source: string, known: JsonObject): Promise<RenderedPart> {
  if (expressionReferences(source).some(({ name }) => !(name in known))) return { kind: 'placeholder', source }
  try {
    const value: unknown = await jsonata(source, { timeout: TIMEOUT_MS, stack: 200 }).evaluate(known)
    return { kind: 'value', text: textOf(value as Json | undefined), source }
  } catch (error) {
    if (!isJsonataError(error)) throw error
    return { kind: 'error', source, message: error.message }
  }
}

function textOf(value: Json | undefined): string {
  if (value === undefined || value === null) return ''
  return typeof value === 'string' ? value : JSON.stringify(value)
}

/** Tokens of a text by the usual rule of thumb. */
export function roughTokens(text: string): number {
  return Math.ceil(text.length / 4)
}
