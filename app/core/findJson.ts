import { jsonrepair } from 'jsonrepair'
import type { Json } from '../../shared/json.ts'

/** Reasoning models put their thoughts before the answer in tags; they are no part of it. */
export function withoutThinking(text: string): string {
  return text.replace(/^\s*<(think|thinking)>[\s\S]*?<\/\1>/, '')
}

/** JSON that stands in a text as it should: the whole of it, else in fences or prose. Most likely first. */
export function* writtenJson(text: string): Generator<Json> {
  const trimmed = text.trim()
  const whole = parseJson(trimmed)
  if (whole !== undefined) return yield whole
  for (const part of jsonParts(trimmed)) {
    const value = parseJson(part)
    if (value !== undefined) yield value
  }
}

/** JSON that a model got wrong, put right; nothing where the text as it stands is JSON. */
export function* repairedJson(text: string): Generator<Json> {
  const trimmed = text.trim()
  if (parseJson(trimmed) !== undefined) return
  const found = jsonParts(trimmed)
  for (const part of found.length > 0 ? found : [fromFirstBrace(trimmed)]) {
    const value = part === '' ? undefined : repairJson(part)
    if (value !== undefined) yield value
  }
}

/** undefined: it is no JSON. */
export function parseJson(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    // Not JSON: that is the answer to the question asked here.
    return undefined
  }
}

/** undefined: it is beyond repair. */
export function repairJson(text: string): Json | undefined {
  try {
    return parseJson(jsonrepair(text))
  } catch {
    // Beyond repair.
    return undefined
  }
}

function jsonParts(text: string): readonly string[] {
  const fenced = [...text.matchAll(/```(?:json)?\s*\n([\s\S]*?)```/g)].map((match) => match[1] ?? '')
  return [...fenced, ...balanced(text)]
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
