import { isTelling, sentencesOf } from './sentences.ts'
import { isStopWord, type Language, languageOf, stem, wordsOf } from './words.ts'

export interface Sentence {
  readonly text: string
  readonly stems: readonly string[]
  /** 0-based, among the sentences that tell something. */
  readonly position: number
}

/** Something that the text itself labels: `Invoice number: 4711`, a header of a mail, a key of a JSON object. */
export interface Fact {
  readonly label: string
  readonly stems: readonly string[]
  readonly value: string
}

/** A document, read once; everything else looks things up in it. */
export interface Reading {
  readonly text: string
  /** Its subject, title or first heading. */
  readonly heading: string | null
  readonly facts: readonly Fact[]
  readonly sentences: readonly Sentence[]
  /** How often each content stem occurs. */
  readonly counts: ReadonlyMap<string, number>
  /** All stems with a space on either side of each, to find phrases in. */
  readonly stemLine: string
  readonly language: Language
}

export function readDocument(text: string, known: readonly Fact[] = []): Reading {
  const words = wordsOf(text)
  const counts = new Map<string, number>()
  for (const word of words) {
    if (isStopWord(word)) continue
    const root = stem(word)
    counts.set(root, (counts.get(root) ?? 0) + 1)
  }
  const sentences = sentencesOf(text)
    .filter((sentence) => isTelling(sentence) && !known.some(({ label }) => sentence.startsWith(`${label}: `)))
    .map((sentence, position) => ({ text: sentence, stems: wordsOf(sentence).map(stem), position }))
  const facts = [...known, ...labelledFacts(text)]
  return {
    text,
    heading: headingOf(text, facts),
    facts,
    sentences,
    counts,
    stemLine: ` ${words.map(stem).join(' ')} `,
    language: languageOf(text),
  }
}

const FACT = /^[ \t>*-]{0,12}(?:\*\*)?(\p{L}[\p{L}\p{N} ./()_-]{0,38}?)(?:\*\*)?[ \t]*:(?:\*\*)?[ \t]+(\S.{0,240})$/gmu

function labelledFacts(text: string): Fact[] {
  return [...text.matchAll(FACT)].flatMap(([, label = '', value = '']) =>
    label.split(/\s+/).length > 4 ? [] : [aFact(label, value.replace(/\*\*/g, '').trim())],
  )
}

export function aFact(label: string, value: string): Fact {
  return { label, stems: wordsOf(label.replace(/_/g, ' ')).map(stem), value }
}

const HEADING_LABELS = new Set(['subject', 'betreff', 'asunto', 'title', 'titel', 'titulo', 're'].map(stem))

function headingOf(text: string, facts: readonly Fact[]): string | null {
  const labelled = facts.find(({ stems }) => stems.length === 1 && HEADING_LABELS.has(stems[0] ?? ''))
  if (labelled !== undefined) return labelled.value.replace(/^(?:(?:re|fwd?|aw|wg)\s*:\s*)+/i, '')
  const marked = /^[ \t]*#{1,3}[ \t]+(.+)$/m.exec(text)?.[1]
  if (marked !== undefined) return marked.trim()
  const first = text.trim().split(/\r?\n/, 1)[0]?.trim() ?? ''
  return first.length > 2 && first.length <= 90 && !/[.,;:!?]$/.test(first) && !/^\p{L}+:\s/u.test(first) ? first : null
}

/** Enough of it is made of words of ordinary length; encoded attachments and rows of symbols are not. */
export function isReadable(text: string): boolean {
  const visible = text.replace(/\s+/g, '')
  if (visible.length === 0) return false
  const inWords = (text.match(/(?<![\p{L}\p{N}+/=])\p{L}{2,22}(?![\p{L}\p{N}+/=])/gu) ?? []).join('').length
  return inWords / visible.length > 0.45
}
