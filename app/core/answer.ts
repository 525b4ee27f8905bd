import { jsonrepair } from 'jsonrepair'
import type { Failure } from '../../shared/failure.ts'
import type { Json } from '../../shared/json.ts'
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
  for (const candidate of candidates(answer)) {
    const problems = check(candidate)
    if (problems.length === 0) return { ok: true, output: candidate }
    if (best === null || problems.length < best.length) best = problems
  }
  const problems = best ?? ['there is no JSON in the answer']
  const message = `The answer does not fit the output schema: ${problems.slice(0, 3).join('; ')}${problems.length > 3 ? '; …' : ''}.`
  return { ok: false, failure: { kind: 'invalid_output', message, problems: [...problems], raw: text } }
}

/** Reasoning models put their thoughts before the answer in tags; they are no part of it. */
function withoutThinking(text: string): string {
  return text.replace(/^\s*<(think|thinking)>[\s\S]*?<\/\1>/, '')
}

/** JSON values that the text may mean, most likely first. */
function* candidates(text: string): Generator<Json> {
  const trimmed = text.trim()
  const whole = parse(trimmed)
  if (whole !== undefined) return yield whole
  const found = [...trimmed.matchAll(/```(?:json)?\s*\n([\s\S]*?)```/g)].map((match) => match[1] ?? '')
  found.push(...balanced(trimmed))
  for (const part of found) {
    const value = parse(part)
    if (value !== undefined) yield value
  }
  for (const part of found.length > 0 ? found : [fromFirstBrace(trimmed)]) {
    const value = part === '' ? undefined : repair(part)
    if (value !== undefined) yield value
  }
}

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    // Not JSON: that is the answer to the question asked here.
    return undefined
  }
}

function repair(text: string): Json | undefined {
  try {
    return parse(jsonrepair(text))
  } catch {
    // Beyond repair.
    return undefined
  }
}

function fromFirstBrace(text: string): string {
  const start = text.search(/[[{]/)
  return start < 0 ? '' : text.slice(start)
}

/** Stretches from an opening bracket to its closing one at top level, strings respected; longest first. */
function balanced(text: string): string[] {
  const found: string[] = []
  let depth = 0
  let start = -1
  let inString = false
  for (let index = 0; index < text.length; index++) {
    const character = text[index]
    if (inString) {
      if (character === '\\') index++
      else if (character === '"') inString = false
    } else if (character === '"' && depth > 0) {
      inString = true
    } else if (character === '{' || character === '[') {
      if (depth++ === 0) start = index
    } else if ((character === '}' || character === ']') && depth > 0 && --depth === 0) {
      found.push(text.slice(start, index + 1))
    }
  }
  return found.sort((a, b) => b.length - a.length)
}
