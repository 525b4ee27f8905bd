import { isJsonObject, type Json } from '../../../shared/json.ts'
import type { CompletionRequest } from '../../ports/backend.ts'
import { aFact, type Fact, type Reading, readDocument } from './reading.ts'

/** What is asked, told apart from what it is asked about. */
export interface Assignment {
  /** Instructions, and the part of the prompt that is about the task. */
  readonly task: string
  readonly reading: Reading
  /** An earlier answer is being sent back with what was wrong with it. */
  readonly isRepair: boolean
}

export function readRequest(request: CompletionRequest): Assignment {
  const prompt = request.messages.find(({ role }) => role === 'user')?.text ?? ''
  const { task, document, facts } = splitPrompt(prompt)
  return {
    task: [request.instructions ?? '', task].filter((part) => part !== '').join('\n\n'),
    reading: readDocument(stripTags(document), facts),
    isRepair: request.messages.length > 1,
  }
}

interface Split {
  readonly task: string
  readonly document: string
  readonly facts: readonly Fact[]
}

/** Best effort, from the surest sign to the weakest: JSON, tags or fences, a line that introduces the document. */
export function splitPrompt(prompt: string): Split {
  const { before, json, after } = findJson(prompt)
  if (json !== null) {
    const facts = factsIn(json, '')
    return { task: `${before}\n${after}`.trim(), document: documentIn(json), facts }
  }
  // Without a closing tag the search for one would start anew at each opening tag.
  const enclosed = /<\/[a-z]|```|"""/i.test(prompt) ? [...prompt.matchAll(ENCLOSED)] : []
  if (enclosed.length > 0) {
    const document = enclosed
      .map(([, , tagged, fenced, quoted]) => (tagged ?? fenced ?? quoted ?? '').trim())
      .join('\n\n')
    return withFacts(enclosed.reduce((rest, [whole]) => rest.replace(whole, ' '), prompt).trim(), document)
  }
  const intro = INTRODUCTION.exec(prompt)
  if (intro?.[1] !== undefined) return withFacts(intro[1], prompt.slice(intro[1].length).trim())
  return withFacts('', prompt)
}

/** Tags, fences and triple quotes around a text; the tags of a page are part of the page. */
const ENCLOSED =
  /<(?!(?:html|head|body|title|p|br|div|h[1-6]|span|a|b|i|em|strong|ul|ol|li|table|t[rdh]|img|meta|link|section|article)>)([a-z][\w-]*)>([\s\S]*?)<\/\1>|```\w*\n([\s\S]*?)```|"""([\s\S]*?)"""/gi

/** `Reply in English to: …`, `Summarise the following report:` at the start of a prompt. */
const INTRODUCTION =
  /^((?:(?![^\n]{0,200}\b(?:from|subject|date):)[\s\S]){0,1200}?\b(?:repl(?:y|ies)|respond|answer|write|draft|summari[sz]e|summary|extract|classify|categori[sz]e|translate|review|read|score|rate|describe|explain|list|find|following|below)\b[^\n:]{0,160}:\s)/i

function withFacts(task: string, document: string): Split {
  return { task, document, facts: readDocument(task).facts }
}

function findJson(prompt: string): { before: string; json: Json; after: string } {
  const start = prompt.search(/[{[]/)
  const end = Math.max(prompt.lastIndexOf('}'), prompt.lastIndexOf(']'))
  if (start < 0 || end <= start) return { before: prompt, json: null, after: '' }
  const candidate = prompt.slice(start, end + 1)
  try {
    const json: Json = JSON.parse(candidate)
    const isData = typeof json === 'object' && json !== null && Object.keys(json).length > 0
    // A short list in running text is an example, not the document.
    const isMost = candidate.length > prompt.length / 4
    return isData && isMost
      ? { before: prompt.slice(0, start), json, after: prompt.slice(end + 1) }
      : { before: prompt, json: null, after: '' }
  } catch {
    // Braces in ordinary text: the prompt holds no JSON.
    return { before: prompt, json: null, after: '' }
  }
}

function factsIn(value: Json, name: string): Fact[] {
  if (Array.isArray(value)) return value.flatMap((entry: Json) => factsIn(entry, name))
  if (isJsonObject(value)) return Object.entries(value).flatMap(([key, entry]) => factsIn(entry, key))
  return name === '' || value === null || String(value).trim() === '' ? [] : [aFact(name, String(value))]
}

function documentIn(value: Json): string {
  if (Array.isArray(value))
    return value
      .map(documentIn)
      .filter((part) => part !== '')
      .join('\n')
  if (!isJsonObject(value)) return value === null ? '' : String(value)
  const parts = Object.entries(value).map(([key, entry]) => {
    const text = documentIn(entry)
    return text === '' || isProse(text) ? text : `${key}: ${text}`
  })
  return parts.filter((part) => part !== '').join('\n')
}

/** Tells something by itself; shorter values need their key to be understood. */
function isProse(text: string): boolean {
  return text.includes('\n') || text.split(/\s+/).length > 3
}

function stripTags(text: string): string {
  if (!/<(?:html|body|p|div|h[1-6]|br)\b/i.test(text)) return text
  return text
    .replace(/<(script|style)\b[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<\/?(?:p|div|br|h[1-6]|li|tr|ul|ol|table|section|article)\b[^>]*>/gi, '\n')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&nbsp;/g, ' ')
    .replace(/&amp;/g, '&')
}
