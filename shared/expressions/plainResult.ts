import type { Json } from '../json.ts'
import { ExpressionFault } from './expressionFault.ts'

/** A result may be so long as JSON, about: what a stage gives is stored and sent. */
const MOST = 10_000_000

/**
 * What an expression gave, as plain JSON of its own: JSONata marks its lists with hidden properties, and may hand out
 * functions, which belong in no output. undefined: it gave nothing.
 */
export function plainResult(value: unknown): Json | undefined {
  return plain(value, { left: MOST })
}

/** Whatever an expression builds of shared parts is counted as often as it would be written. */
interface Room {
  left: number
}

function plain(value: unknown, room: Room): Json | undefined {
  room.left -= typeof value === 'string' ? value.length + 2 : 2
  if (room.left < 0) throw new ExpressionFault(`It gives more than ${MOST / 1_000_000} MB.`)
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value
    case 'number':
      if (!Number.isFinite(value)) throw new ExpressionFault('It gives no finite number, as a division by 0 does.')
      return value
    case 'object':
      return value === null ? null : plainObject(value, room)
    default:
      return undefined
  }
}

function plainObject(value: object, room: Room): Json | undefined {
  if (Array.isArray(value)) return value.map((entry: unknown) => plain(entry, room) ?? null)
  if ('_jsonata_function' in value || '_jsonata_lambda' in value) return undefined
  const entries: [string, Json][] = []
  for (const [key, entry] of Object.entries(value)) {
    const result = plain(entry, room)
    room.left -= key.length
    if (result !== undefined) entries.push([key, result])
  }
  return Object.fromEntries(entries)
}
