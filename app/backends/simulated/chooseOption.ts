import type { Json } from '../../../shared/json.ts'
import { evidenceOf, weigh } from './evidence.ts'
import { find, parseNumber } from './findings.ts'
import { nearest } from './nearest.ts'
import { factFor, type Material, nameStems, type Slot } from './slot.ts'
import { languageOf, plain, stem, stemsOf, wordsOf } from './words.ts'

export interface Option {
  readonly value: Json
  /** What the schema says of this option beside its name. */
  readonly gloss: string
}

/** Options from the likeliest to the least likely, with how much speaks for each. */
export function rankOptions(
  slot: Slot,
  options: readonly Option[],
  material: Material,
): readonly { option: Option; score: number }[] {
  const glossed = options.map((option) => ({
    ...option,
    gloss: [
      option.gloss,
      glossOf(String(option.value), slot.description) || glossOf(String(option.value), material.task),
    ]
      .join(' ')
      .trim(),
  }))
  const evidence = glossed.map((option) => evidenceOf(labelOf(option), option.gloss))
  const shared = new Map<string, number>()
  for (const one of evidence) for (const found of one.keys()) shared.set(found, (shared.get(found) ?? 0) + 1)
  const fact = factFor(slot, material.reading)
  const language = /\b(?:language|sprache|idioma)\b/.test(slot.name) ? languageOf(material.reading.text) : null
  const scored = glossed.map((option, index) => {
    // A word that speaks for several options speaks for each of them less.
    const own = new Map(
      [...(evidence[index] ?? [])].map(([found, weight]) => [found, weight / (shared.get(found) ?? 1) ** 1.5]),
    )
    const base = textScore(own, material) + priorOf(option)
    const said = fact !== null && plain(fact).includes(labelOf(option)) ? 20 : 0
    const spoken = language !== null && speaks(labelOf(option), language) ? 20 : 0
    return { option, score: base + said + spoken + rangeScore(option, slot, material) }
  })
  return scored.sort((a, b) => b.score - a.score)
}

export function chooseOption(slot: Slot, options: readonly Option[], material: Material): Json {
  const ranked = rankOptions(slot, options, material)
  const slips = ranked.length > 1 && material.dice(`slip ${slot.path}`) < material.quality.slips
  return ranked[slips ? 1 : 0]?.option.value ?? null
}

function labelOf(option: Option): string {
  return wordsOf(String(option.value).replace(/[_-]/g, ' ')).join(' ')
}

/** The heading says what it is about more often than not, the more surely the longer the text is. */
function textScore(evidence: ReadonlyMap<string, number>, { reading, quality }: Material): number {
  const taken =
    quality.attention >= reading.text.length
      ? reading.stemLine
      : ` ${stemsOf(reading.text.slice(0, quality.attention)).join(' ')} `
  const heading = reading.heading === null ? 0 : weigh(` ${stemsOf(reading.heading).join(' ')} `, evidence)
  const asks = reading.heading?.trim().endsWith('?') === true && evidence.has(QUESTION) ? 1.5 : 0
  return weigh(taken, evidence) + (1.5 + Math.log1p(reading.text.length / 2_000)) * heading + asks
}

const QUESTION = stem('question')

/** With nothing to go by, the middle of a scale or the option for everything else. */
function priorOf(option: Option): number {
  const label = labelOf(option)
  // The middle of a scale that is told in numbers is a claim about a number.
  if (rangeOf(option.gloss) !== null) return 0
  if (/^(?:medium|normal|neutral|moderate|average|middle|mixed)$/.test(label)) return 2
  return /^(?:other|others|unknown|none|general|misc\w*|unclear|na|n a|not applicable|else)$/.test(label) ? 0.4 : 0
}

const CODES: Record<string, string> = { en: 'English', de: 'German', es: 'Spanish', fr: 'French' }
const OWN_NAMES: Record<string, string> = {
  deutsch: 'German',
  espanol: 'Spanish',
  castellano: 'Spanish',
  francais: 'French',
  englisch: 'English',
}

function speaks(label: string, language: string): boolean {
  return (CODES[label] ?? OWN_NAMES[label] ?? label).toLowerCase() === language.toLowerCase()
}

/** What a text says of one of the values: `billing: invoices and charges; bug: …`. Empty where it says nothing. */
function glossOf(value: string, text: string): string {
  const name = value.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/[_-]/g, '[ _-]')
  const found = new RegExp(
    String.raw`(?:^|[\n;,.(•*-])[ \t]*["'\x60]?${name}["'\x60]?[ \t]*(?::|=|–|—|\bmeans\b|\bis\b|\bif\b|\bwhen\b|\bfor\b)[ \t]*([^;\n]+)`,
    'i',
  ).exec(text)
  return found?.[1]?.trim() ?? ''
}

/** `small: 10 to 49 employees` against a number that the text gives near the same words. */
function rangeScore(option: Option, slot: Slot, { reading }: Material): number {
  const range = rangeOf(option.gloss)
  if (range === null) return 0
  const unit = new Set([
    ...nameStems(slot),
    ...wordsOf(`${slot.description} ${option.gloss}`)
      .filter((word) => /^\p{L}{4,}$/u.test(word))
      .map(stem),
  ])
  const fact = reading.facts.find(
    ({ stems, value }) => stems.some((each) => unit.has(each)) && parseNumber(value) !== null,
  )
  const value = parseNumber(fact?.value ?? nearest(reading.text, find(reading.text, 'number'), unit)?.text ?? '')
  return value !== null && value >= range.from && value <= range.to ? 15 : 0
}

function rangeOf(gloss: string): { from: number; to: number } | null {
  const plainGloss = gloss.replace(/(?<=\d)[,.](?=\d{3}\b)/g, '')
  const between = /(\d+)\s*(?:-|–|to|bis|and)\s*(\d+)/.exec(plainGloss)
  if (between !== null) return { from: Number(between[1]), to: Number(between[2]) }
  const below = /(?:under|below|fewer than|less than|up to|<)\s*(\d+)/i.exec(plainGloss)
  if (below !== null)
    return { from: Number.NEGATIVE_INFINITY, to: Number(below[1]) - (/up to/i.test(below[0]) ? 0 : 1) }
  const above = /(?:over|above|more than|at least|from|>)\s*(\d+)|(\d+)\s*(?:\+|or more|and more)/i.exec(plainGloss)
  if (above === null) return null
  return {
    from: Number(above[1] ?? above[2]) + (/over|above|more than|>/i.test(above[0]) && above[1] !== undefined ? 1 : 0),
    to: Number.POSITIVE_INFINITY,
  }
}
