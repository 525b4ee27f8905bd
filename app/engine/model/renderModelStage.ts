import type { Failure } from '../../../shared/failure.ts'
import type { Json } from '../../../shared/json.ts'
import { type Scope, valueAsText } from '../../core/expression.ts'
import type { PlannedModelStage } from '../../core/plan.ts'

/** What a model stage asks for one item, or why it cannot ask. */
export type RenderedStage = RenderedQuestion | { readonly ok: false; readonly failure: Failure }

export interface RenderedQuestion {
  readonly ok: true
  /** The stage's `input`; null: it has none. */
  readonly input: Json
  /** The prompt, or the value that stands for one. */
  readonly subject: Json
  /** `subject` as it is sent. */
  readonly prompt: string
  /** The stage's own instructions; null: it has none. */
  readonly ownInstructions: string | null
  /** The system prompt: what the stage knows, then its own instructions. null: neither. */
  readonly instructions: string | null
}

/**
 * Works out what is asked. The message is the stage's `prompt`; without one its `input`, without that the item (behind a
 * gather: `items`), as JSON. `input` beside a prompt is not sent: it is there for a worker's prompt to use, and to be
 * checked.
 *
 * `inputSchema` is held against `input`, without one against the item, before any call: a failure of kind
 * `invalid_input` that names the field.
 */
export async function renderModelStage(stage: PlannedModelStage, scope: Scope): Promise<RenderedStage> {
  const written = stage.input === null ? null : await stage.input.evaluate(scope)
  if (written?.ok === false) return written
  const input = written === null ? (scope.item ?? scope.items ?? null) : written.value
  const problems = stage.checkInput?.(input) ?? []
  if (problems.length > 0) return { ok: false, failure: { kind: 'invalid_input', message: unfit(problems) } }
  const instructions = stage.instructions === null ? null : await stage.instructions.evaluate(scope)
  if (instructions?.ok === false) return instructions
  const prompt = stage.prompt === null ? null : await stage.prompt.evaluate(promptScope(stage, scope, input))
  if (prompt?.ok === false) return prompt
  const subject = prompt === null ? input : prompt.value
  const own = instructions === null ? null : valueAsText(instructions.value)
  return {
    ok: true,
    input: written?.value ?? null,
    subject,
    prompt: valueAsText(subject),
    ownInstructions: own,
    // What is the same for every item comes first, so that a provider can keep it.
    instructions: joined(stage.knowledge, own),
  }
}

/** What the expressions of a prompt see. */
export function promptScope(stage: PlannedModelStage, scope: Scope, input: Json): Scope {
  return stage.promptSeesInput ? { ...scope, input } : scope
}

/** Parts of a system prompt, one behind the other; null: there are none. */
export function joined(...parts: readonly (string | null)[]): string | null {
  const said = parts.filter((part) => part !== null)
  return said.length === 0 ? null : said.join('\n\n')
}

function unfit(problems: readonly string[]): string {
  const more = problems.length > 3 ? '; …' : ''
  return `The input does not fit the stage's inputSchema: ${problems.slice(0, 3).join('; ')}${more}.`
}
