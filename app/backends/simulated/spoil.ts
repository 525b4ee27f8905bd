import { isJsonObject, type Json, type JsonObject } from '../../../shared/json.ts'
import type { Dice } from './dice.ts'
import { optionsOf } from './schemaParts.ts'

/** The answer as a small model sometimes gives it: against the schema, in one of the ways that are seen most. */
export function spoil(answer: Json, schema: JsonObject, dice: Dice): string {
  const wrong = isJsonObject(answer) ? spoilObject(answer, schema, dice) : null
  return wrong === null
    ? `I would say: ${typeof answer === 'string' ? answer : 'it depends'}. Let me know if you need more.`
    : JSON.stringify(wrong)
}

function spoilObject(answer: JsonObject, schema: JsonObject, dice: Dice): JsonObject | null {
  const properties = isJsonObject(schema.properties) ? schema.properties : {}
  const required = Array.isArray(schema.required) ? schema.required.filter((key) => typeof key === 'string') : []
  const chosen = Object.keys(answer).find((key) => {
    const property = properties[key]
    return isJsonObject(property) && optionsOf(property) !== null && typeof answer[key] === 'string'
  })
  if (chosen !== undefined && dice('spoil how') < 0.6)
    return { ...answer, [chosen]: `probably ${String(answer[chosen])}` }
  const left = required[Math.floor(dice('spoil what') * required.length)]
  if (left === undefined) return null
  return Object.fromEntries(Object.entries(answer).filter(([key]) => key !== left))
}

/** Valid JSON in the middle of talk, as models give it that were asked for JSON alone. */
export function wrap(json: string): string {
  return `Sure! Here is the JSON you asked for:\n\n\`\`\`json\n${json}\n\`\`\`\n\nLet me know if you need anything else.`
}
