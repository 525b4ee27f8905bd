import type { Json } from '../../../shared/json.ts'
import type { CompletionRequest } from '../../ports/backend.ts'
import { seeImages } from './images.ts'
import { documentIn, factsIn } from './jsonDocument.ts'
import { type Member, membersInJson, membersInText } from './members.ts'
import { type Fact, type Reading, readDocument } from './reading.ts'

/** What is asked, told apart from what it is asked about. */
export interface Assignment {
  /** Instructions, and the part of the prompt that is about the task. */
  readonly task: string
  readonly reading: Reading
  /** What the document lists, where it is a list of texts or records; else empty. */
  readonly members: readonly Member[]
  /** The answers to the parts of a long text, where it holds those and wants one of them; else null. */
  readonly parts: readonly Json[] | null
  /** What there is to tell of the images; empty: there are none. */
  readonly images: string
  /** An earlier answer is being sent back with what was wrong with it. */
  readonly isRepair: boolean
}

export function readRequest(request: CompletionRequest): Assignment {
  const prompt = request.messages.find(({ role }) => role === 'user')?.text ?? ''
  const images = seeImages(request.messages)
  const combining = splitAnswers(prompt)
  const { task, document, facts, json }: Split = combining?.split ?? splitForImages(prompt, images.text)
  const written = stripTags(document)
  const text = [written, images.text].filter((part) => part !== '').join('\n\n')
  const members = json === undefined ? membersInText(written) : membersInJson(json)
  return {
    task: [withoutKnowledge(request.instructions ?? ''), task].filter((part) => part !== '').join('\n\n'),
    reading: readDocument(text, [...facts, ...images.facts]),
    members: combining === null ? members : [],
    parts: combining?.parts ?? null,
    images: images.text,
    isRepair: request.messages.length > 1,
  }
}

/** Beside images a prompt without a document of its own is all task. */
function splitForImages(prompt: string, images: string): Split {
  const split = splitPrompt(prompt)
  return images !== '' && split.task === '' ? { task: prompt, document: '', facts: [] } : split
}

/** `--- Part 2 of 3 ---`: how the engine puts the answers to parts together (engine/model/askInParts.ts). */
const PART_MARK = /^--- Part \d+ of \d+ ---$/m

function splitAnswers(prompt: string): { split: Split; parts: readonly Json[] } | null {
  const [before = '', ...texts] = prompt.split(PART_MARK).map((text) => text.trim())
  if (texts.length === 0 || !/\bcombine\b/i.test(before)) return null
  return { split: { task: before, document: texts.join('\n\n'), facts: [] }, parts: asJson(texts) ?? texts }
}

/** null: one of them is no JSON, so they are texts. */
function asJson(texts: readonly string[]): readonly Json[] | null {
  try {
    return texts.map((text): Json => JSON.parse(text))
  } catch {
    return null
  }
}

const KNOWLEDGE = /^--- (?:Reference|Examples): .*---$/m

/**
 * The instructions behind the files that stand before them (core/knowledgeText.ts): what those say is not what is asked.
 * Nothing marks where they end, so the last paragraphs are taken.
 */
function withoutKnowledge(instructions: string): string {
  if (!KNOWLEDGE.test(instructions)) return instructions
  const behind = instructions.split(KNOWLEDGE).at(-1) ?? ''
  const paragraphs = behind.split(/\n\s*\n/).filter((paragraph) => !/^\s*Example \d+:/.test(paragraph))
  return paragraphs.slice(-3).join('\n\n')
}

interface Split {
  readonly task: string
  readonly document: string
  readonly facts: readonly Fact[]
  /** The document, where it is JSON. */
  readonly json?: Json
}

/** Best effort, from the surest sign to the weakest: JSON, tags or fences, a line that introduces the document. */
export function splitPrompt(prompt: string): Split {
  const { before, json, after } = findJson(prompt)
  if (json !== null)
    return { task: `${before}\n${after}`.trim(), document: documentIn(json), facts: factsIn(json, ''), json }
  // Without a closing tag the search for one would start anew at each opening tag.
  const enclosed = /<\/[a-z]|```|"""/i.test(prompt) ? [...prompt.matchAll(ENCLOSED)] : []
  if (enclosed.length > 0) {
    const document = enclosed
      .map(([, , tagged, fenced, quoted]) => (tagged ?? fenced ?? quoted ?? '').trim())
      .join('\n\n')
    return withFacts(enclosed.reduce((rest, [whole]) => rest.replace(whole, ' '), prompt).trim(), document)
  }
  const intro = ORDER.exec(prompt) ?? QUESTION.exec(prompt) ?? INTRODUCTION.exec(prompt)
  if (intro?.[1] !== undefined) return withFacts(intro[1], prompt.slice(intro[1].length).trim())
  return withFacts('', prompt)
}

/** Tags, fences and triple quotes around a text; the tags of a page are part of the page. */
const ENCLOSED =
  /<(?!(?:html|head|body|title|p|br|div|h[1-6]|span|a|b|i|em|strong|ul|ol|li|table|t[rdh]|img|meta|link|section|article)>)([a-z][\w-]*)>([\s\S]*?)<\/\1>|```\w*\n([\s\S]*?)```|"""([\s\S]*?)"""/gi

/** `Reply in English to: …`, `Summarise the following report:` at the start of a prompt. */
const INTRODUCTION =
  /^((?:(?![^\n]{0,200}\b(?:from|subject|date):)[\s\S]){0,1200}?\b(?:repl(?:y|ies)|respond|answer|write|draft|summari[sz]e|summary|extract|classify|categori[sz]e|translate|review|read|score|rate|describe|explain|list|find|following|below)\b[^\n:]{0,160}:\s)/i

/** `Summarise this section in two sentences.` above a text: an order, not a part of it. */
const ORDER =
  /^\s*((?:please )?(?:summari[sz]e|write|draft|describe|extract|classify|translate|review|explain|combine|merge|compare|give|say|note|tell|find|list|name|what|which|who|how)\b[^\n]{0,400}[.?:]\s*\n\s*\n)\s*\S/i

/** `12 tickets are about billing. What do they want?` above a text; who speaks of himself asks in his own letter. */
const QUESTION = /^\s*((?![^\n]*\b(?:I|my|me|we|our|us)\b)[^\n]{0,300}\?[^\n]{0,100}\n\s*\n)\s*\S/i

/** What is left of a document's frame where its tag is one that pages have too: `<section> … </section>`. */
const FRAME = /^\s*<(section|article)>((?:(?!<\/\1>)[\s\S])*)<\/\1>\s*$/i

function withFacts(task: string, written: string): Split {
  const framed = FRAME.exec(written)
  const document = framed === null ? written : (framed[2] ?? '').trim()
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

function stripTags(text: string): string {
  if (!/<(?:html|body|p|div|h[1-6]|br)\b/i.test(text)) return text
  return text
    .replace(/<(script|style)\b[\s\S]*?<\/\1>/gi, ' ')
    .replace(/<\/?(?:p|div|br|h[1-6]|li|tr|ul|ol|table|section|article)\b[^>]*>/gi, '\n')
    .replace(/<[^>]+>/g, ' ')
    .replace(/&nbsp;/g, ' ')
    .replace(/&amp;/g, '&')
}
