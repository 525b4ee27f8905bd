import type { JsonObject } from '../../../shared/json.ts'
import { chooseOption } from './chooseOption.ts'
import { sentencesOfMembers, titleOfMembers } from './digest.ts'
import { find, findDates } from './findings.ts'
import { fitText } from './fitText.ts'
import { keyPhrases, properNames } from './keyPhrases.ts'
import { writeLetter } from './letter.ts'
import { nearest } from './nearest.ts'
import { actorIn, organisationsIn, peopleIn, senderOf } from './people.ts'
import type { Fact } from './reading.ts'
import { evidenceForSlot, factFor, isCalled, type Material, nameStems, type Slot } from './slot.ts'
import { sentencesAbout, summaryOf } from './summarise.ts'
import { textForPattern } from './textForPattern.ts'
import { languageOf } from './words.ts'

/** A text from the document for this place; undefined: the document has none. */
export function fillString(slot: Slot, schema: JsonObject, material: Material): string | undefined {
  const bounds = lengthBounds(schema)
  if (typeof schema.format === 'string') {
    const formatted = byFormat(schema.format, slot, material)
    if (formatted !== 'any text') return formatted
  }
  if (typeof schema.pattern === 'string') return byPattern(schema.pattern, slot, material)
  const text = byName(slot, material)
  if (text === undefined || text.trim() === '') return undefined
  return fitText(text.trim(), bounds, summaryOf(material.reading, 3, material.quality))
}

/** A text that says nothing and that the schema allows. */
export function anyString(schema: JsonObject): string {
  if (typeof schema.format === 'string') {
    const blank = BLANKS[schema.format]
    if (blank !== undefined) return blank
  }
  if (typeof schema.pattern === 'string') return textForPattern(schema.pattern) ?? ''
  const bounds = lengthBounds(schema)
  return bounds.most < 'unknown'.length ? fitText('', bounds, '') : fitText('unknown', bounds, '')
}

const BLANKS: Record<string, string> = {
  date: '1970-01-01',
  'date-time': '1970-01-01T00:00:00Z',
  time: '00:00:00Z',
  email: 'unknown@example.com',
  uri: 'https://example.com/',
  url: 'https://example.com/',
  uuid: '00000000-0000-0000-0000-000000000000',
}

function lengthBounds(schema: JsonObject): { least: number; most: number } {
  const least = typeof schema.minLength === 'number' ? schema.minLength : 0
  return { least, most: typeof schema.maxLength === 'number' ? schema.maxLength : Number.POSITIVE_INFINITY }
}

function byFormat(format: string, slot: Slot, { reading }: Material): string | undefined | 'any text' {
  switch (format) {
    case 'date':
    case 'date-time': {
      const day = dateFor(slot, { reading })?.iso
      return day === undefined || format === 'date' ? day : `${day}T00:00:00Z`
    }
    case 'email':
      return emailFor(slot, reading)
    case 'uri':
    case 'url':
      return websiteIn(reading.text)
    case 'uuid':
      return /\b[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}\b/i.exec(reading.text)?.[0]
    case 'time':
      return undefined
    default:
      return 'any text'
  }
}

function byPattern(pattern: string, slot: Slot, { reading }: Material): string | undefined {
  const whole = safePattern(pattern, 'u')
  if (whole === null) return undefined
  const fact = factFor(slot, reading)
  if (fact !== null && whole.test(fact)) return fact
  const inText = safePattern(`(?<![\\p{L}\\p{N}])(?:${pattern.replace(/^\^|\$$/g, '')})(?![\\p{L}\\p{N}])`, 'u')
  const found = inText?.exec(reading.text)?.[0]
  return found !== undefined && found !== '' && whole.test(found) ? found : undefined
}

function safePattern(pattern: string, flags: string): RegExp | null {
  try {
    return new RegExp(pattern, flags)
  } catch {
    // A pattern of another dialect than JavaScript's: it cannot be searched for.
    return null
  }
}

function dateFor(slot: Slot, { reading }: Pick<Material, 'reading'>) {
  const inFact = findDates(factFor(slot, reading) ?? '')[0]
  if (inFact !== undefined) return inFact
  const all = findDates(reading.text)
  const stems = new Set([...nameStems(slot)].filter((stem) => stem !== 'dat'))
  return nearest(reading.text, all, stems) ?? all[0]
}

function emailFor(slot: Slot, reading: Material['reading']): string | undefined {
  const all = find(reading.text, 'email').filter(({ text }) => /^[\w.%+-]+@[a-z\d-]+(?:\.[a-z\d-]+)+$/i.test(text))
  const near = nearest(reading.text, all, nameStems(slot))
  return (near ?? all[0])?.text
}

function websiteIn(text: string): string | undefined {
  const url = find(text, 'url').find(
    (candidate) => URL.canParse(candidate.text) && /^[\x21-\x7e]+$/.test(candidate.text),
  )
  if (url !== undefined) return url.text
  const emails = find(text, 'email').map((email) => email.text)
  const domain = find(text, 'domain').find((candidate) => !emails.some((email) => email.includes(candidate.text)))
  return domain === undefined ? undefined : `https://${domain.text.toLowerCase()}`
}

/** What a name commonly asks for, the more telling names first. */
const KINDS: readonly {
  readonly called: RegExp
  readonly give: (slot: Slot, material: Material) => string | undefined
}[] = [
  { called: /\b(?:reply|response|draft|answer|letter|body)\b/, give: (_, material) => writeLetter(material) },
  { called: /\be ?mail\b/, give: (slot, { reading }) => emailFor(slot, reading) },
  { called: /\b(?:url|website|link|homepage|web|domain)\b/, give: (_, { reading }) => websiteIn(reading.text) },
  {
    called: /\b(?:phone|telephone|mobile|telefon|telefono)\b/,
    give: (_, { reading }) => find(reading.text, 'phone')[0]?.text,
  },
  { called: /\b(?:language|sprache|idioma)\b/, give: (_, { reading }) => languageOf(reading.text) },
  {
    called: /\b(?:amount|price|cost|total|fee|salary|betrag|importe|value)\b/,
    give: (slot, { reading }) => {
      const all = find(reading.text, 'money')
      return (nearest(reading.text, all, nameStems(slot)) ?? all[0])?.text
    },
  },
  {
    called: /\b(?:date|deadline|due|day|datum|fecha|effective|until)\b/,
    give: (slot, material) => dateFor(slot, material)?.text,
  },
  {
    called:
      /\b(?:order|invoice|ticket|case|reference|serial|tracking|contract)\b.*\b(?:number|no|id|code|ref)\b|\b(?:reference|order|invoice|serial)$|\bid$/,
    give: (slot, { reading }) => {
      const all = find(reading.text, 'reference')
      return (nearest(reading.text, all, nameStems(slot)) ?? all[0])?.text
    },
  },
  {
    called: /\b(?:company|organi[sz]ation|vendor|supplier|firm|employer|institution|party)\b/,
    give: (_, { reading }) => organisationsIn(reading)[0],
  },
  {
    called: /\b(?:sender|author|customer|name|person|contact|who|owner|assignee|from|signatory|speaker)\b/,
    give: (_, { reading }) => senderOf(reading) ?? peopleIn(reading)[0] ?? actorIn(reading.text),
  },
  { called: /\b(?:product|device|item|model|application|tool|brand)\b/, give: productIn },
  { called: /\b(?:title|subject|headline|heading)\b/, give: (_, material) => titleOf(material) },
  { called: /\b(?:topic|keyword|tag|theme|label)\b/, give: (_, { reading }) => keyPhrases(reading, 1)[0] },
  {
    called: /\b(?:summary|abstract|overview|synopsis|gist|tldr|brief)\b/,
    give: (_, material) => summaryOf(material.reading, material.quality.summarySentences, material.quality),
  },
  {
    called: /\b(?:pitch|tagline|one liner|blurb|text|sentence|description)\b/,
    give: (_, material) => summaryOf(material.reading, 1, material.quality),
  },
]

function byName(slot: Slot, material: Material): string | undefined {
  const ofAll = material.members.length > 1 ? ofMembers(slot, material) : undefined
  if (ofAll !== undefined) return ofAll
  const chosen = fromList(slot, material)
  if (chosen !== null) return chosen
  const kind = KINDS.find(({ called }) => isCalled(slot, called))
  const fact = factFor(slot, material.reading)
  // A letter or a summary is written even where the text has a line of that name.
  const isWritten = kind !== undefined && /reply|summary/.test(kind.called.source)
  if (fact !== null && !isWritten) return fact
  const given = kind?.give(slot, material)
  if (given !== undefined) return given
  if (kind !== undefined && !slot.required) return undefined
  const about = sentencesAbout(material.reading, evidenceForSlot(slot), material.quality)[0]
  if (about !== undefined) return about.text
  return slot.required && kind === undefined ? summaryOf(material.reading, 1, material.quality) : undefined
}

/** A `category` where the input itself lists the `categories`. null: it lists none. */
function fromList(slot: Slot, material: Material): string | null {
  const { reading } = material
  const stems = [...nameStems(slot)].join(' ')
  const isListed = ({ label, stems: own }: Fact) => own.join(' ') === stems && label.toLowerCase() !== slot.name
  const values = reading.facts.filter((fact) => isListed(fact) && !fact.value.includes(', ')).map(({ value }) => value)
  if (stems === '' || values.length < 2) return null
  const options = values.map((value) => ({ value, gloss: '' }))
  const facts = reading.facts.filter((fact) => !isListed(fact))
  return String(chooseOption(slot, options, { ...material, reading: { ...reading, facts } }))
}

/** Of a list, what is told of the whole is told of its members. */
function ofMembers(slot: Slot, material: Material): string | undefined {
  if (isCalled(slot, /\b(?:title|subject|headline|heading)\b/)) return titleOfMembers(material)
  const isTold =
    /\b(?:summary|abstract|overview|synopsis|gist|tldr|brief|digest|report|text|description|story|conclusion|highlights?)\b/
  return isCalled(slot, isTold) ? sentencesOfMembers(material, material.quality.summarySentences + 1) : undefined
}

function productIn(_: Slot, { reading, quality }: Material): string | undefined {
  const people = new Set(peopleIn(reading).flatMap((name) => name.split(' ')))
  const names = properNames(reading).filter((name) => !name.split(' ').some((word) => people.has(word)))
  return names[0] ?? (quality.careful ? keyPhrases(reading, 1)[0] : undefined)
}

function titleOf(material: Material): string | undefined {
  return material.reading.heading ?? keyPhrases(material.reading, 1)[0]
}
