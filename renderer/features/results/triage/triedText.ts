import { failureKindText } from '../../../../shared/failureText.ts'
import { formatUsd } from '../../../../shared/format.ts'
import { isJsonObject, type Json } from '../../../../shared/json.ts'
import type { Tried } from './useTryOut.ts'

const MOST_LETTERS = 160

/** What came of one item, in one line. */
export function triedText({ after, isOver }: Tried): string {
  if (after === null) return isOver ? 'nothing came of it' : 'being asked…'
  if (after.error !== null)
    return `${failureKindText(after.error.kind).title}: ${after.error.message}`.slice(0, MOST_LETTERS)
  if (after.output === null) return isOver ? '' : 'being asked…'
  const shown = withoutOnlyNames(after.output)
  const text = typeof shown === 'string' ? shown : JSON.stringify(shown)
  return text.replaceAll(/\s+/g, ' ').slice(0, MOST_LETTERS)
}

/** The output of a single stage, a single field: their names say nothing in one line. */
function withoutOnlyNames(output: Json): Json {
  const [only, ...others] = isJsonObject(output) ? Object.values(output) : []
  return only === undefined || others.length > 0 ? output : withoutOnlyNames(only)
}

/** `2 of 3 succeeded for $0.0063` */
export function trySum(items: readonly Tried[]): string {
  const over = items.filter(({ isOver }) => isOver)
  if (over.length < items.length) return `${over.length} of ${items.length} done`
  const succeeded = items.filter(({ after }) => after?.status === 'succeeded').length
  const cost = items.reduce((sum, { after }) => sum + (after?.costMicros ?? 0), 0)
  return `${succeeded} of ${items.length} succeeded for ${formatUsd(cost)}`
}
