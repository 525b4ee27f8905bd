import { evidenceFor } from './lexicon.ts'
import { contentStems, stemsOf } from './words.ts'

/** Phrases (lines of stems) and how much each counts when it is found. */
export type Evidence = ReadonlyMap<string, number>

/** What to look for when a schema calls something so: its own words first, the words of the idea after them. */
export function evidenceOf(name: string, gloss: string): Evidence {
  const weights = new Map<string, number>()
  const nameStems = contentStems(name)
  const glossStems = contentStems(gloss)
  const add = (found: string, weight: number) => weights.set(found, Math.max(weights.get(found) ?? 0, weight))
  for (const found of evidenceFor(glossStems)) add(found, 0.3)
  for (const found of evidenceFor(nameStems)) add(found, 1)
  for (const found of glossStems) add(found, 0.8)
  for (const found of phrasesIn(gloss)) add(found, 1)
  for (const found of nameStems) add(found, 1.2)
  return weights
}

/** What a description lists: `internal only, or not for distribution` are two phrases to look for. */
function phrasesIn(gloss: string): readonly string[] {
  return gloss
    .split(/[,;.:()\n]|\b(?:or|and)\b/)
    .map((part) => stemsOf(part))
    .filter((stems) => stems.length > 1 && stems.length < 5)
    .map((stems) => stems.join(' '))
}

/** As above for a sentence that describes: the ideas it names count, its single words hardly. */
export function evidenceOfDescription(description: string): Evidence {
  const stems = contentStems(description)
  return new Map([
    ...stems.map((found) => [found, 0.4] as const),
    ...[...evidenceFor(stems)].map((found) => [found, 1] as const),
  ])
}

/** Sum over the evidence found in a line of stems. Saying it again counts, but ever less. */
export function weigh(stemLine: string, evidence: Evidence): number {
  let sum = 0
  for (const [found, weight] of evidence) {
    const times = occurrences(stemLine, ` ${found} `)
    // Several words together are far surer than one.
    if (times > 0) sum += weight * (found.includes(' ') ? 1.8 : 1) * (1 + Math.log(times))
  }
  return sum
}

function occurrences(text: string, part: string): number {
  let count = 0
  // Neighbouring phrases share the space between them: step back by one.
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + part.length - 1)) count++
  return count
}
