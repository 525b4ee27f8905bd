import { evidenceOf, evidenceOfDescription, weigh } from './evidence.ts'
import { evidenceForSlot, factFor, type Material, type Slot } from './slot.ts'
import { plain, stemsOf } from './words.ts'

/**
 * Yes where the text shows what the name and the description speak of. A description that says when the answer is no
 * (`false for automatic replies`) is weighed against the rest.
 */
export function fillBoolean(slot: Slot, material: Material): boolean {
  const { reading, quality, dice } = material
  const fact = factFor(slot, reading)
  if (fact !== null && /^(?:yes|true|ja|si|no|false|nein)$/.test(plain(fact)))
    return /^(?:yes|true|ja|si)$/.test(plain(fact))
  const taken = ` ${stemsOf(reading.text.slice(0, quality.attention)).join(' ')} `
  // The space in front lets a description that begins with `false for …` be split as well.
  const parts = ` ${slot.description}`.split(/[.;,]?\s*\b(?=(?:false|no)\b(?:\s+(?:for|if|when|where|otherwise)\b|:))/i)
  const against = parts
    .slice(1)
    .join(' ')
    .replace(/^(?:false|no)\b/i, '')
  const againstScore = weigh(taken, evidenceOfDescription(against))
  // Only the exceptions are told: it is the rule unless the text shows one of them.
  const hasOnlyExceptions = against.trim() !== '' && !/\b(?:true|yes)\b/i.test(parts[0] ?? '')
  const forScore = hasOnlyExceptions
    ? 2
    : weigh(taken, parts.length > 1 ? evidenceOf(slot.name, parts[0] ?? '') : evidenceForSlot(slot))
  const answer = forScore >= 1.4 && forScore > againstScore
  return dice(`slip ${slot.path}`) < quality.slips ? !answer : answer
}
