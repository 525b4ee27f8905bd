import { ExpressionFault } from './expressionFault.ts'
import { formatMoment } from './formatMoment.ts'
import type { FunctionImplementation } from './functionImplementation.ts'
import { type Moment, readMoment } from './readMoment.ts'

/** All in UTC; none asks what time it is. Dates are ISO text, `2024-03-05` or `2024-03-05T09:00:00.000Z`. */
export const DATE_FUNCTIONS: readonly FunctionImplementation[] = [
  { name: 'parseDate', types: '<s-s?:s>', run: parseDate },
  { name: 'formatDate', types: '<(sn)-s?:s>', run: formatDate },
  { name: 'addDays', types: '<(sn)-n:s>', run: addDays },
  { name: 'daysBetween', types: '<(sn)(sn):n>', run: daysBetween },
]

/** What is no date is nothing: `??` gives something else for it. */
function parseDate(text: string | undefined, format: string | undefined): string | undefined {
  const moment = text === undefined ? null : readMoment(text, format ?? null)
  return moment === null ? undefined : isoText(moment)
}

function formatDate(date: string | number | undefined, format = 'yyyy-MM-dd'): string | undefined {
  return date === undefined ? undefined : formatMoment(momentOf(date).ms, format)
}

function addDays(date: string | number | undefined, days: number | undefined): string | undefined {
  if (date === undefined || days === undefined) return undefined
  const { ms, hasTime } = momentOf(date)
  return isoText({ ms: checked(ms + days * DAY_MS), hasTime })
}

/** Whole days from the one to the other; negative when the second is earlier. */
function daysBetween(from: string | number | undefined, to: string | number | undefined): number | undefined {
  if (from === undefined || to === undefined) return undefined
  // + 0: half a day back is no day, not minus none.
  return Math.trunc((momentOf(to).ms - momentOf(from).ms) / DAY_MS) + 0
}

const DAY_MS = 86_400_000

function momentOf(date: string | number): Moment {
  if (typeof date === 'number') return { ms: checked(date), hasTime: true }
  const moment = readMoment(date, null)
  if (moment === null)
    throw new ExpressionFault(
      `"${date.slice(0, 40)}" is no date that can be read; \`$parseDate(text, format)\` reads others.`,
    )
  return moment
}

function checked(ms: number): number {
  // What a JavaScript date can hold.
  if (Math.abs(ms) > 8.64e15) throw new ExpressionFault('This date is too far away.')
  return ms
}

function isoText({ ms, hasTime }: Moment): string {
  const text = new Date(ms).toISOString()
  return hasTime ? text : text.slice(0, text.indexOf('T'))
}
