import { ExpressionFault } from './expressionFault.ts'

const MONTHS = 'January February March April May June July August September October November December'.split(' ')
const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ')

const PARTS: { readonly [letters: string]: (date: Date) => string } = {
  yyyy: (date) => String(date.getUTCFullYear()).padStart(4, '0'),
  yy: (date) => String(date.getUTCFullYear() % 100).padStart(2, '0'),
  MMMM: (date) => MONTHS[date.getUTCMonth()] ?? '',
  MMM: (date) => (MONTHS[date.getUTCMonth()] ?? '').slice(0, 3),
  MM: (date) => String(date.getUTCMonth() + 1).padStart(2, '0'),
  M: (date) => String(date.getUTCMonth() + 1),
  dd: (date) => String(date.getUTCDate()).padStart(2, '0'),
  d: (date) => String(date.getUTCDate()),
  EEEE: (date) => DAYS[date.getUTCDay()] ?? '',
  EEE: (date) => (DAYS[date.getUTCDay()] ?? '').slice(0, 3),
  HH: (date) => String(date.getUTCHours()).padStart(2, '0'),
  H: (date) => String(date.getUTCHours()),
  mm: (date) => String(date.getUTCMinutes()).padStart(2, '0'),
  ss: (date) => String(date.getUTCSeconds()).padStart(2, '0'),
  SSS: (date) => String(date.getUTCMilliseconds()).padStart(3, '0'),
}

/** A moment as a format says, in UTC and English. Letters in single quotes stand for themselves. */
export function formatMoment(ms: number, format: string): string {
  const date = new Date(ms)
  return format.replace(/'([^']*)'|([A-Za-z])\2*/g, (part: string, quoted: string | undefined) => {
    if (quoted !== undefined) return quoted
    const write = Object.hasOwn(PARTS, part) ? PARTS[part] : undefined
    if (write === undefined)
      throw new ExpressionFault(
        `\`${part}\` is no part of a date format. Parts: ${Object.keys(PARTS).join(', ')}; other letters in single quotes.`,
      )
    return write(date)
  })
}
