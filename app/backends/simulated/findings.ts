import { plain } from './words.ts'

/** Something found in a text by its form, with its place. */
export interface Finding {
  readonly text: string
  readonly start: number
}

/** Every repetition has an end: a long run of digits or of encoded bytes must not take long to pass over. */
const PATTERNS = {
  email:
    /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]{1,63}(?:\.[\p{L}\p{N}-]{1,63}){0,5}\.\p{L}{2,24}/gu,
  url: /\bhttps?:\/\/[^\s<>"')\]]*[^\s<>"')\].,;:!?]/g,
  domain:
    /\b(?:www\.)?[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,4}\.(?:com|org|net|io|eu|de|at|ch|es|fr|it|nl|uk|pl|se|dk|pt|ie|be|fi|no|cz|example|test)\b(?:\/[^\s<>"')\]]*)?/gi,
  money:
    /(?:(?:[$€£]|\b(?:USD|EUR|GBP|CHF)\s?)\s?\d[\d.,' ]{0,18}\d(?:\s?(?:million|billion|m|bn|k)\b)?|(?:[$€£]|\b(?:USD|EUR|GBP|CHF)\s)\s?\d\b|\b\d[\d.,']{0,18}\s?(?:€|\$|£|EUR\b|USD\b|GBP\b|CHF\b|euros?\b|dollars?\b|pounds?\b)(?:\s?(?:million|billion)\b)?)/g,
  phone: /(?:\+|\b00)\d[\d ()/-]{6,20}\d|\b0\d{2,4}[ /-]\d[\d -]{4,16}\d/g,
  reference:
    /\b(?=[A-Z0-9/-]{0,30}\d)(?:(?:[A-Z]{1,5}[-/]?){1,3}\d[A-Z0-9/-]{0,24}[A-Z0-9]|\d{5,24}(?:-\d{1,12}){0,3})\b|(?<=#)\d{3,}\b/g,
  number:
    /(?<![\p{L}\d.,/-])-?\d{1,3}(?:[,.' ]\d{3}){1,5}(?:[.,]\d{1,2})?(?![\d\p{L}])|(?<![\p{L}\d.,/-])-?\d+(?:[.,]\d+)?(?![\d])/gu,
  organisation:
    /(?<![\p{L}\p{N}&'’.-])\p{Lu}[\p{L}\p{N}&'’.-]{0,40}(?:[ ](?:\p{Lu}[\p{L}\p{N}&'’.-]{0,40}|&|und|and|y|de|of)){0,5}[ ](?:GmbH|AG|Ltd|Limited|LLC|Inc|plc|PLC|S\.L|S\.A|SL|SA|BV|B\.V|AB|Oy|ApS|SAS|KG|AS|A\/S|hf|Group|University|Institute|Committee|Authority|Ministry|Fund|Cooperative|Energy|Council|Association|Foundation|Bank)\b/gu,
  person:
    /\b(?:(?:Dr|Mr|Mrs|Ms|Prof)\.? )?\p{Lu}\p{Ll}{1,30}(?:-\p{Lu}\p{Ll}{1,30})? (?:(?:van|von|de|la|del|di|O')[ ]?){0,2}\p{Lu}['’]?\p{L}{0,30}\p{Ll}(?:-\p{Lu}\p{Ll}{1,30})?\b/gu,
} as const

export type FindingKind = keyof typeof PATTERNS

/** All of a kind, in the order of the text, each once. */
export function find(text: string, kind: FindingKind): Finding[] {
  const seen = new Set<string>()
  const all = [...text.matchAll(PATTERNS[kind])].map((match) => ({ text: match[0].trim(), start: match.index }))
  return all.filter((finding) => {
    if (seen.has(finding.text)) return false
    seen.add(finding.text)
    return true
  })
}

/** `1,250.50`, `1.250,50` and `1 250` as people write them; null: not a number. */
export function parseNumber(text: string): number | null {
  const digits = /-?\d[\d.,' ]*/.exec(text)?.[0].replace(/[' ]/g, '') ?? ''
  const decimal = /[.,](\d{1,2})$/.exec(digits)
  const whole = decimal === null ? digits : digits.slice(0, decimal.index)
  const value = Number(`${whole.replace(/[.,]/g, '')}${decimal === null ? '' : `.${decimal[1]}`}`)
  const factor = /\d\s?(?:million|m)\b/i.test(text)
    ? 1e6
    : /\d\s?(?:billion|bn)\b/i.test(text)
      ? 1e9
      : /\dk\b/i.test(text)
        ? 1e3
        : 1
  return digits === '' || !Number.isFinite(value) ? null : value * factor
}

const MONTHS = [
  'jan|januar|january|enero',
  'feb|februar|february|febrero',
  'mar|marz|march|marzo',
  'apr|april|abril',
  'may|mai|mayo',
  'jun|juni|june|junio',
  'jul|juli|july|julio',
  'aug|august|agosto',
  'sep|sept|september|septiembre',
  'oct|okt|october|oktober|octubre',
  'nov|november|noviembre',
  'dec|dez|december|dezember|diciembre',
].map((names) => names.split('|'))
const MONTH = MONTHS.flat()
  .sort((a, b) => b.length - a.length)
  .join('|')
  .replaceAll('marz', 'm[aä]rz')
const DATE = new RegExp(
  String.raw`\b(?<y1>\d{4})-(?<m1>\d{2})-(?<d1>\d{2})(?:T[\d:.]+Z?)?\b` +
    String.raw`|\b(?<d2>\d{1,2})(?:st|nd|rd|th|\.)?(?: of| de)? (?<m2>${MONTH})\.?,?(?: de)? (?<y2>\d{4})\b` +
    String.raw`|\b(?<m3>${MONTH})\.? (?<d3>\d{1,2})(?:st|nd|rd|th)?,? (?<y3>\d{4})\b` +
    String.raw`|\b(?<d4>\d{1,2})[./](?<m4>\d{1,2})[./](?<y4>\d{4})\b`,
  'gi',
)

export interface FoundDate extends Finding {
  /** `YYYY-MM-DD` */
  readonly iso: string
}

/** Dates that name a day, in the order of the text. Between dots and slashes the day comes first. */
export function findDates(text: string): FoundDate[] {
  return [...text.matchAll(DATE)].flatMap((match) => {
    const groups = match.groups ?? {}
    const pick = (name: string) =>
      groups[`${name}1`] ?? groups[`${name}2`] ?? groups[`${name}3`] ?? groups[`${name}4`] ?? ''
    const named = MONTHS.findIndex((names) => names.includes(plain(pick('m'))))
    const month = named >= 0 ? named + 1 : Number(pick('m'))
    const iso = `${pick('y')}-${String(month).padStart(2, '0')}-${pick('d').padStart(2, '0')}`
    return isDay(iso) ? [{ text: match[0], start: match.index, iso }] : []
  })
}

function isDay(iso: string): boolean {
  const time = Date.parse(`${iso}T00:00:00Z`)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(iso)
}
