import type { JsonObject } from '../../../shared/json.ts'
import { evidenceOf, weigh } from './evidence.ts'
import { find, parseNumber } from './findings.ts'
import { nearest } from './nearest.ts'
import { evidenceForSlot, factFor, isCalled, type Material, nameStems, type Slot } from './slot.ts'
import { wordsOf } from './words.ts'

interface Bounds {
  readonly from: number
  readonly to: number
  readonly step: number | null
}

/** The number that the text gives for this place; a mark on the scale where the schema asks for one; undefined: neither. */
export function fillNumber(slot: Slot, schema: JsonObject, material: Material): number | undefined {
  const bounds = boundsOf(schema)
  const found = candidates(slot, material).find((value) => fits(value, bounds))
  if (found !== undefined) return found
  const isScale = Number.isFinite(bounds.from) && Number.isFinite(bounds.to)
  return isScale ? onScale(slot, bounds, material) : undefined
}

/** Any number that the schema allows, the one nearest to zero. */
export function anyNumber(schema: JsonObject): number {
  return toGrid(0, boundsOf(schema))
}

const COUNT = /^(?:count|items?|tickets?|members?|documents?|entries|records?|size|how many)$|\b(?:count|number of)\b/

function candidates(slot: Slot, { reading, members }: Material): number[] {
  if (members.length > 1 && isCalled(slot, COUNT)) return [members.length]
  if (isCalled(slot, /\bword count\b/)) return [wordsOf(reading.text).length]
  const fact = factFor(slot, reading)
  const isMoney = isCalled(
    slot,
    /\b(?:amount|price|cost|total|fee|value|budget|revenue|sum|salary|betrag|preis|importe|precio|usd|eur)\b/,
  )
  const findings = [...(isMoney ? find(reading.text, 'money') : []), ...find(reading.text, 'number')]
  const near = nearest(reading.text, isMoney ? findings.slice(0, 40) : findings, nameStems(slot))
  const first = isMoney ? find(reading.text, 'money')[0] : undefined
  const texts = [fact, near?.text ?? null, first?.text ?? null]
  return texts.flatMap((text) => (text === null ? [] : (parseNumber(text) ?? [])))
}

/** The more of what the task and the description look for the text shows, the higher. */
function onScale(slot: Slot, bounds: Bounds, { reading, task, quality, dice }: Material): number {
  if (isCalled(slot, /\b(?:confidence|certainty|probability)\b/))
    return toGrid(bounds.from + (bounds.to - bounds.from) * (quality.careful ? 0.9 : 0.8), bounds)
  const described = weigh(reading.stemLine, evidenceForSlot(slot))
  const asked = weigh(reading.stemLine, evidenceOf('', task)) / 3
  const sum = described + asked
  const careless = quality.careful ? 0 : (dice(`scale ${slot.path}`) - 0.5) * 0.4
  const share = Math.min(1, Math.max(0, sum / (sum + 2.5) + careless))
  return toGrid(bounds.from + (bounds.to - bounds.from) * share, { ...bounds, step: bounds.step ?? gridOf(bounds) })
}

/** Marks have few digits: two places on a scale up to 1, one up to 10, whole ones above. */
function gridOf({ from, to }: Bounds): number {
  return to - from <= 1 ? 0.01 : to - from <= 10 ? 0.1 : 1
}

function boundsOf(schema: JsonObject): Bounds {
  const isWhole =
    schema.type === 'integer' ||
    (Array.isArray(schema.type) && schema.type.includes('integer') && !schema.type.includes('number'))
  const multiple = typeof schema.multipleOf === 'number' ? schema.multipleOf : null
  const step = multiple ?? (isWhole ? 1 : null)
  const tiny = step ?? 1e-6
  const limit = (value: unknown, otherwise: number) => (typeof value === 'number' ? value : otherwise)
  const from = Math.max(limit(schema.minimum, -Infinity), limit(schema.exclusiveMinimum, -Infinity) + tiny)
  const to = Math.min(limit(schema.maximum, Infinity), limit(schema.exclusiveMaximum, Infinity) - tiny)
  return {
    from: isWhole ? Math.ceil(from) : from,
    to: isWhole ? Math.floor(to) : to,
    step: isWhole && multiple !== null && !Number.isInteger(multiple) ? 1 : step,
  }
}

function fits(value: number, { from, to, step }: Bounds): boolean {
  return value >= from && value <= to && (step === null || Number.isInteger(value / step))
}

/** The value of the grid within the bounds that is nearest to `value`. */
function toGrid(value: number, { from, to, step }: Bounds): number {
  const within = Math.min(to, Math.max(from, value))
  if (step === null) return within
  const places = Math.max(0, Math.ceil(-Math.log10(step)))
  const round = (steps: number) => Number((steps * step).toFixed(places))
  const near = round(Math.round(within / step))
  if (near < from) return round(Math.ceil(from / step))
  return near > to ? round(Math.floor(to / step)) : near
}
