import type { Failure } from '../../shared/failure.ts'
import { isJsonObject } from '../../shared/json.ts'
import type { CompletionRequest } from '../ports/backend.ts'

type Parameters = CompletionRequest['parameters']

/** What is sent, or which parameter stands against it. */
type Params<Own> =
  | { readonly ok: true; readonly params: Own }
  | { readonly ok: false; readonly usage: null; readonly failure: Failure }

/**
 * A stage's `parameters` go into the call as they are, objects within objects too. `own` is what the call must say to be
 * this call: a parameter may stand beside it (`output_config.effort` beside our `output_config.format`) and is refused by
 * name where it would change it. `standard` is what we say where nobody says otherwise.
 */
export function withParameters<Own extends object, Standard extends object>(
  parameters: Parameters,
  { own, standard }: { own: Own; standard: Standard },
): Params<Own & Standard> {
  const said = new Map<string, unknown>(Object.entries(own))
  const added: { [name: string]: unknown } = {}
  for (const [name, given] of Object.entries(parameters)) {
    const ours = said.get(name)
    if (ours === undefined) added[name] = given
    else if (!isObject(ours) || !isJsonObject(given)) return refused(name)
    else {
      const both = Object.keys(given).find((inner) => Object.hasOwn(ours, inner))
      if (both !== undefined) return refused(`${name}.${both}`)
      added[name] = { ...ours, ...given }
    }
  }
  return { ok: true, params: Object.assign({}, standard, own, added) }
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Where the same thing is said in a stage. */
const SAID_BY: readonly (readonly [RegExp, string])[] = [
  [/^model$/, 'The model is that of the tier.'],
  [/^messages$|^images$/, 'The messages are made of `prompt`, `input` and `images`.'],
  [/^system$/, 'The system prompt is `instructions`.'],
  [/tokens$|num_predict$/, 'The stage or its tier sets it as `maxTokens`.'],
  [/format|^tools?$|^tool_choice/, 'The form of the answer is `output`.'],
]

function refused(place: string): Params<never> {
  const why = SAID_BY.find(([name]) => name.test(place))?.[1] ?? 'It is set by the program itself.'
  const message = `\`parameters\` may not set \`${place}\`: ${why}`
  const failure: Failure = { kind: 'provider', httpStatus: null, cause: 'request', retryAfterMs: null, message }
  return { ok: false, usage: null, failure }
}
