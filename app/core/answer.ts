import type { Failure } from '../../shared/failure.ts'
import type { Json } from '../../shared/json.ts'
import { repairedJson, withoutThinking, writtenJson } from './findJson.ts'
import type { CheckOutput } from './outputSchema.ts'

export type ReadAnswer =
  | { readonly ok: true; readonly output: Json }
  | { readonly ok: false; readonly failure: Failure }

/**
 * What a model's answer comes to. Without a schema (`check` null) the text itself, without what the model thought aloud.
 * With one, the JSON in it: as it stands, in fences or prose, broken JSON repaired; the first that passes the check.
 */
export function readAnswer(text: string, check: CheckOutput | null): ReadAnswer {
  const answer = withoutThinking(text)
  if (check === null) return { ok: true, output: answer.trim() }
  let best: readonly string[] | null = null
  for (const candidate of jsonIn(answer)) {
    const problems = check(candidate)
    if (problems.length === 0) return { ok: true, output: candidate }
    if (best === null || problems.length < best.length) best = problems
  }
  const problems = best ?? ['there is no JSON in the answer']
  const message = `The answer does not fit the output schema: ${problems.slice(0, 3).join('; ')}${problems.length > 3 ? '; …' : ''}.`
  return { ok: false, failure: { kind: 'invalid_output', message, problems: [...problems], raw: text } }
}

/** JSON values that the text may mean, most likely first. */
function* jsonIn(text: string): Generator<Json> {
  yield* writtenJson(text)
  yield* repairedJson(text)
}
