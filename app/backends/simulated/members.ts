import { isJsonObject, type Json } from '../../../shared/json.ts'
import { documentIn, factsIn } from './jsonDocument.ts'
import { type Reading, readDocument } from './reading.ts'

/** One of several texts or records that a prompt lists: a member of a group, an element of a map. */
export interface Member {
  /** What it is called, by itself or by its record; null: it has no name. */
  readonly label: string | null
  readonly reading: Reading
}

/** Where a record holds the list instead of being it. */
const LIST_NAMES =
  /^(?:items|members|group|entries|records|rows|tickets|documents|texts|sections|chunks|summaries|parts)$/

export function membersInJson(json: Json): readonly Member[] {
  const list = Array.isArray(json) ? json : listIn(json)
  if (list === null || list.length < 2) return []
  const members = list.map((entry: Json): Member => {
    const reading = readDocument(documentIn(entry), factsIn(entry, ''))
    return { label: labelOf(reading), reading }
  })
  // A list of words, numbers or codes is a value, not a list of things to be told of.
  return members.some(({ reading }) => reading.sentences.length > 0 || reading.facts.length > 1) ? members : []
}

function listIn(json: Json): readonly Json[] | null {
  if (!isJsonObject(json)) return null
  const found = Object.entries(json).find(([name, value]) => LIST_NAMES.test(name) && Array.isArray(value))?.[1]
  return Array.isArray(found) ? found : null
}

const BULLET = /^(?:[-*•]|\d{1,3}[.)])[ \t]+/

/** A text that is a list from its first line to its last, or that rules divide. */
export function membersInText(document: string): readonly Member[] {
  const text = document.trim()
  const ruled = text.split(/\n[ \t]*-{3,}[ \t]*\n/)
  const lines = text.split('\n').filter((line) => line.trim() !== '')
  const bulleted = BULLET.test(text) && lines.filter((line) => BULLET.test(line)).length >= lines.length / 2
  const entries = bulleted ? text.split(/\n(?=(?:[-*•]|\d{1,3}[.)])[ \t])/) : ruled.length > 2 ? ruled : []
  if (entries.length < 2) return []
  return entries.map((entry): Member => {
    const reading = readDocument(entry.replace(BULLET, '').trim())
    return { label: labelOf(reading), reading }
  })
}

function labelOf({ heading, facts }: Reading): string | null {
  if (heading !== null) return heading
  return facts.find(({ stems, value }) => NAMES.has(stems.join(' ')) && value.length <= 80)?.value ?? null
}

const NAMES = new Set(['name', 'nam', 'titl', 'title', 'company', 'compan', 'key', 'id'])
