import { ExpressionFault } from './expressionFault.ts'

export interface Moment {
  /** Unix milliseconds; a date without a time is its midnight in UTC. */
  readonly ms: number
  readonly hasTime: boolean
}

/**
 * Reads a date. Without a format: ISO, `5 March 2024`, `March 5, 2024`, `5.3.2024`, `2024/03/05` and the dates of mails,
 * each with a time behind it or none. `03/04/2024` is not read without one: it is April in one country and March in another.
 * null: it is no such date.
 */
export function readMoment(text: string, format: string | null): Moment | null {
  const trimmed = text.trim()
  if (trimmed.length > 100) return null
  if (format !== null) return readFormatted(trimmed, format)
  for (const form of FORMS) {
    const groups = form.exec(trimmed)?.groups
    if (groups !== undefined) return momentOf(groups)
  }
  return null
}

const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const MONTH =
  '(?<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)\\.?'
const TIME =
  '(?:[T ,]+(?:at )?(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2})(?:[.,](?<fraction>\\d{1,9}))?)?\\s*(?<zone>Z|UTC|GMT|[+-]\\d{2}:?\\d{2})?(?:\\s*\\([A-Za-z ]+\\))?)?'
const DAY = '(?<day>\\d{1,2})'
const WEEKDAY = '(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,?\\s+)?'
const FORMS = [
  '(?<year>\\d{4})-(?<month>\\d{2})-(?<day>\\d{2})',
  '(?<year>\\d{4})/(?<month>\\d{1,2})/(?<day>\\d{1,2})',
  `${DAY}\\.\\s?(?<month>\\d{1,2})\\.\\s?(?<year>\\d{4})`,
  `${WEEKDAY}${DAY}(?:st|nd|rd|th|\\.)?[ -]${MONTH},?[ -](?<year>\\d{4})`,
  `${WEEKDAY}${MONTH} ${DAY}(?:st|nd|rd|th)?,? (?<year>\\d{4})`,
].map((date) => new RegExp(`^${date}${TIME}$`, 'i'))

function momentOf(groups: { readonly [name: string]: string | undefined }): Moment | null {
  const number = (name: string) => Number(groups[name] ?? 0)
  const named = MONTHS.indexOf((groups.month ?? '').slice(0, 3).toLowerCase()) + 1
  const month = named > 0 ? named : groups.month === undefined ? 1 : number('month')
  const [year, day] = [number('year'), groups.day === undefined ? 1 : number('day')]
  const milliseconds = Math.floor(Number(`0.${groups.fraction ?? '0'}`) * 1000)
  const time =
    Date.UTC(2000, 0, 1, number('hour'), number('minute'), number('second'), milliseconds) - Date.UTC(2000, 0, 1)
  const midnight = new Date(0)
  midnight.setUTCFullYear(year, month - 1, day)
  // 31 February would become March.
  if (midnight.getUTCMonth() !== month - 1 || midnight.getUTCDate() !== day || number('hour') > 24) return null
  if (number('minute') > 59 || number('second') > 60) return null
  return { ms: midnight.getTime() + time - zoneMs(groups.zone), hasTime: groups.hour !== undefined }
}

function zoneMs(zone: string | undefined): number {
  const found = /^([+-])(\d{2}):?(\d{2})$/.exec(zone ?? '')
  if (found === null) return 0
  const minutes = Number(found[2]) * 60 + Number(found[3])
  return (found[1] === '-' ? -minutes : minutes) * 60_000
}

const FIELDS: { readonly [letters: string]: string } = {
  yyyy: '(?<year>\\d{4})',
  MMMM: MONTH,
  MMM: MONTH,
  MM: '(?<month>\\d{2})',
  M: '(?<month>\\d{1,2})',
  dd: '(?<day>\\d{2})',
  d: DAY,
  HH: '(?<hour>\\d{2})',
  H: '(?<hour>\\d{1,2})',
  mm: '(?<minute>\\d{2})',
  ss: '(?<second>\\d{2})',
  SSS: '(?<fraction>\\d{3})',
  EEEE: '[A-Za-z]+',
  EEE: '[A-Za-z]+',
}

function readFormatted(text: string, format: string): Moment | null {
  const seen = new Set<string>()
  const pattern = format.replace(/'([^']*)'|([A-Za-z])\2*|[^A-Za-z']/g, (part, quoted: string | undefined, letter) => {
    if (quoted !== undefined || letter === undefined) return escaped(quoted ?? part)
    const field = Object.hasOwn(FIELDS, part) ? FIELDS[part] : undefined
    if (field === undefined || seen.has(part[0] ?? ''))
      throw new ExpressionFault(
        `\`${part}\` is no part of a date format. Parts: ${Object.keys(FIELDS).join(', ')}; other letters in single quotes.`,
      )
    seen.add(letter)
    return field
  })
  const groups = new RegExp(`^${pattern}$`, 'i').exec(text)?.groups
  return groups === undefined ? null : momentOf(groups)
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\/-]/g, '\\$&')
}
