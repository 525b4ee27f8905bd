import { isJsonObject, type Json, type JsonObject } from '../../../shared/json.ts'
import { rankOptions } from './chooseOption.ts'
import { labelsOf, linesOfMembers } from './digest.ts'
import { type FindingKind, find, findDates } from './findings.ts'
import { keyPhrases, properNames } from './keyPhrases.ts'
import { organisationsIn, peopleIn } from './people.ts'
import { readDocument } from './reading.ts'
import { optionsOf } from './schemaParts.ts'
import { evidenceForSlot, isCalled, type Material, type Slot } from './slot.ts'
import { keySentences, sentencesAbout } from './summarise.ts'

/** How an entry is filled: `fillSchema`, which itself fills lists by this file. */
type FillEntry = (schema: JsonObject, slot: Slot, material: Material) => Json | undefined

/** A list of what the text has of this; never shorter than the schema allows. */
export function fillArray(slot: Slot, schema: JsonObject, by: { material: Material; fill: FillEntry }): Json[] {
  const { material, fill } = by
  const items: JsonObject = isJsonObject(schema.items) ? schema.items : {}
  const least = typeof schema.minItems === 'number' ? schema.minItems : 0
  const most = typeof schema.maxItems === 'number' ? schema.maxItems : Math.max(least, material.quality.listLength)
  const found = entries(slot, items, by).slice(0, most)
  const isUnique = schema.uniqueItems === true
  const list = isUnique ? distinct(found) : found
  for (let attempt = 0; list.length < least && attempt < least * 20; attempt++) {
    const entrySlot = { ...slot, required: true, path: `${slot.path}/${list.length}` }
    const filler = fill(items, entrySlot, { ...material, reading: partOf(material, attempt), members: [] })
    const next = isUnique ? varied(filler ?? null, attempt, items) : (filler ?? null)
    if (!isUnique || !distinct(list).some((entry) => JSON.stringify(entry) === JSON.stringify(next))) list.push(next)
  }
  return list
}

function entries(slot: Slot, items: JsonObject, { material, fill }: { material: Material; fill: FillEntry }): Json[] {
  const options = optionsOf(items)
  if (options !== null) {
    const ranked = rankOptions(slot, options, material)
    const best = ranked[0]?.score ?? 0
    return ranked.filter(({ score }) => score > 0.5 && score > best / 3).map(({ option }) => option.value)
  }
  if (material.members.length > 1 && items.type === 'object')
    return material.members.flatMap(({ reading }, index) => {
      const entrySlot = { ...slot, path: `${slot.path}/${index}`, required: false }
      return fill(items, entrySlot, { ...material, reading, members: [] }) ?? []
    })
  const texts = textsFor(slot, material)
  const isBare = items.type === 'string' && items.format === undefined && items.pattern === undefined
  return texts.flatMap((text, index) => {
    // Each entry is drawn from its own part of the text.
    const own = { ...material, reading: readDocument(text), members: [] }
    const entrySlot = { ...slot, path: `${slot.path}/${index}`, required: false }
    const entry = isBare
      ? (asItStands(text, items) ?? fill(items, { ...entrySlot, name: 'text' }, own))
      : fill(items, entrySlot, own)
    return entry === undefined ? [] : [entry]
  })
}

function asItStands(text: string, items: JsonObject): string | null {
  const most = typeof items.maxLength === 'number' ? items.maxLength : Number.POSITIVE_INFINITY
  const least = typeof items.minLength === 'number' ? items.minLength : 0
  const { length } = [...text]
  return length >= least && length <= most ? text : null
}

const PATTERNED: readonly (readonly [RegExp, FindingKind])[] = [
  [/\be ?mails?\b/, 'email'],
  [/\b(?:urls?|links?|websites?)\b/, 'url'],
  [/\b(?:amounts?|prices?|sums?|costs?|fees|payments)\b/, 'money'],
  [/\b(?:references?|numbers|ids|codes)\b/, 'reference'],
  [/\b(?:phones?|telephones?)\b/, 'phone'],
]

function textsFor(slot: Slot, material: Material): readonly string[] {
  const { reading, members, quality } = material
  const patterned = PATTERNED.find(([called]) => isCalled(slot, called))
  if (patterned !== undefined) return find(reading.text, patterned[1]).map(({ text }) => text)
  if (isCalled(slot, /\b(?:dates|deadlines)\b/)) return [...new Set(findDates(reading.text).map(({ text }) => text))]
  if (isCalled(slot, /\b(?:people|persons|names|attendees|participants|authors|signatories|speakers)\b/))
    return peopleIn(reading)
  if (isCalled(slot, /\b(?:parties|companies|organi[sz]ations|vendors|suppliers)\b/)) return organisationsIn(reading)
  if (isCalled(slot, /\b(?:products|devices|brands|places|entities)\b/)) return properNames(reading)
  if (members.length > 1 && isCalled(slot, /\b(?:topics?|themes?|subjects?)\b/)) return labelsOf(material)
  if (isCalled(slot, /\b(?:topics?|keywords?|tags?|themes?|labels?|phrases?|terms)\b/))
    return keyPhrases(reading, quality.listLength)
  const about = sentencesAbout(reading, evidenceForSlot(slot), quality)
  if (about.length === 0 && members.length > 1) return linesOfMembers(material, quality.listLength)
  const chosen = about.length > 0 ? about.slice(0, quality.listLength) : keySentences(reading, 2, quality)
  return [...chosen].sort((a, b) => a.position - b.position).map(({ text }) => text)
}

/** One sentence of the text, a different one for each turn. */
function partOf({ reading }: Material, turn: number) {
  const sentence = reading.sentences[turn % Math.max(1, reading.sentences.length)]
  return sentence === undefined ? reading : readDocument(sentence.text)
}

function distinct(list: readonly Json[]): Json[] {
  return [...new Map(list.map((entry) => [JSON.stringify(entry), entry])).values()]
}

/** Sets a value apart from those before it, where the schema leaves room for that. */
function varied(value: Json, turn: number, items: JsonObject): Json {
  const options = optionsOf(items)
  if (options !== null) return options[turn % options.length]?.value ?? value
  if (turn === 0) return value
  if (typeof value === 'boolean') return turn % 2 === 0
  if (typeof value === 'number') {
    const next = value + turn * (typeof items.multipleOf === 'number' ? items.multipleOf : 1)
    return typeof items.maximum === 'number' && next > items.maximum ? value - turn : next
  }
  if (typeof value !== 'string' || items.format !== undefined || items.pattern !== undefined) return value
  const mark = String(turn)
  const room = typeof items.maxLength === 'number' ? items.maxLength - mark.length : Number.POSITIVE_INFINITY
  return room < 0 ? value : `${[...value].slice(0, room).join('')}${mark}`
}
