import { digestOf } from './digest.ts'
import { evidenceOf } from './evidence.ts'
import { cut } from './fitText.ts'
import { keyPhrases } from './keyPhrases.ts'
import { writeLetter } from './letter.ts'
import { peopleIn, senderOf } from './people.ts'
import type { Material } from './slot.ts'
import { keySentences, sentencesAbout, summaryOf } from './summarise.ts'

const REPLY =
  /\b(?:repl(?:y|ies)|respond|response|(?:write|draft|compose|send)s?\b[^.\n]{0,60}\bletter(?![-_.]?\w)|write back|answer (?:the |this )?(?:customer|ticket|mail|email))\b/i
/** `Summarise this letter` asks for no letter. */
const SUMMARY = /\b(?:summari[sz]e|summary|abstract|digest|briefing|note the point)\b/i

/** `Write one friendly sentence to a customer` */
const SHORT_NOTE =
  /\b(?:sentence|line|note|message)s? to (?:a|an|the|each|every|our) (?:customer|client|guest|member|patient|tenant)\b/i
const LONGER = /\b(?:digest|briefing|overview|one page)\b/i

/** An answer without a schema: sentences of the document, in the shape that the task asks for. It cannot translate. */
export function plainAnswer(material: Material, isCombining = false): string {
  const { reading, members, task, quality } = material
  if (REPLY.test(task) && !SUMMARY.test(task)) return writeLetter(material)
  const note = SHORT_NOTE.test(task) ? noteTo(material) : null
  if (note !== null) return note
  const longer = LONGER.test(task) ? 3 : 0
  const count = sentencesAskedFor(task) ?? quality.summarySentences + longer
  const words = /\b(\d{1,3})\s+words\b/i.exec(task)?.[1]
  const limit = words === undefined ? Number.POSITIVE_INFINITY : Number(words) * 6
  // Of each part something is kept, unless the task says how much.
  if (isCombining) return cut(summaryOf(reading, Math.max(count, COMBINED_SENTENCES), quality), limit)
  if (members.length > 1) return cut(digestOf(material, sentencesAskedFor(task)), limit)
  if (/\b(?:headline|title)\b/i.test(task)) return reading.heading ?? keyPhrases(reading, 1)[0] ?? ''
  if (/\bkey ?(?:words|phrases)\b/i.test(task)) return keyPhrases(reading, quality.listLength).join(', ')
  if (/\b(?:bullets?|bullet points|list)\b/i.test(task))
    return keySentences(reading, sentencesAskedFor(task) ?? quality.listLength, quality)
      .map(({ text }) => `- ${text}`)
      .join('\n')
  const question = /[^.!?\n]*\?/.exec(task)?.[0]
  if (question !== undefined) {
    const answers = sentencesAbout(reading, evidenceOf(question, ''), quality).slice(0, quality.careful ? 2 : 1)
    if (answers.length > 0) return cut(answers.map(({ text }) => text).join(' '), limit)
  }
  return cut(summaryOf(reading, count, quality), limit)
}

function noteTo({ reading, quality }: Material): string | null {
  const name = senderOf(reading) ?? peopleIn(reading)[0]
  if (name === undefined) return null
  return `Dear ${name}, thank you. This is what we have noted: “${cut(summaryOf(reading, 1, quality), 240)}”`
}

const COMBINED_SENTENCES = 6

const NUMBERS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']

function sentencesAskedFor(task: string): number | null {
  const said =
    /\b(\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten)\s+(?:short\s+|key\s+)?(?:sentences?|bullets?|bullet points|points)\b/i.exec(
      task,
    )?.[1]
  if (said === undefined) return null
  const named = NUMBERS.indexOf(said.toLowerCase())
  return named >= 0 ? named + 1 : Math.max(1, Number(said))
}
