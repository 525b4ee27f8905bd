import { type Evidence, weigh } from './evidence.ts'
import type { Quality } from './profiles.ts'
import type { Reading, Sentence } from './reading.ts'

/** The sentences that say most of what the text says, in the text's order. */
export function keySentences(reading: Reading, count: number, quality: Quality): readonly Sentence[] {
  if (!quality.careful) return reading.sentences.slice(0, count)
  const chosen: Sentence[] = []
  const scores = new Map(reading.sentences.map((sentence) => [sentence, importance(reading, sentence)]))
  while (chosen.length < count && chosen.length < reading.sentences.length) {
    const told = new Set(chosen.flatMap(({ stems }) => stems))
    let best: { sentence: Sentence; score: number } | null = null
    for (const [sentence, score] of scores) {
      if (chosen.includes(sentence)) continue
      const repeated = sentence.stems.filter((stem) => told.has(stem)).length / sentence.stems.length
      const fresh = score * (1 - 0.6 * repeated)
      if (best === null || fresh > best.score) best = { sentence, score: fresh }
    }
    if (best === null) break
    chosen.push(best.sentence)
  }
  return chosen.sort((a, b) => a.position - b.position)
}

/** Frequent words make a sentence important, an early place and the words of the heading more so. */
function importance(reading: Reading, sentence: Sentence): number {
  const weight = sentence.stems.reduce((sum, stem) => sum + Math.log1p(reading.counts.get(stem) ?? 0), 0)
  const heading = reading.heading?.toLowerCase() ?? ''
  const inHeading = sentence.stems.filter((stem) => stem.length > 3 && heading.includes(stem)).length
  const early = 1 + 0.6 / (1 + sentence.position)
  // Long sentences hold more words for no merit of theirs; very short ones tell little.
  const length = sentence.stems.length
  const isContact = sentence.text.includes('@')
  // A heading or a line of an address, not a statement.
  const isOpen = !/[.!?…”"»)]$/.test(sentence.text)
  return (
    ((weight + inHeading) / (6 + length ** 0.9)) *
    early *
    (length < 6 ? 0.6 : 1) *
    (isContact ? 0.3 : 1) *
    (isOpen ? 0.4 : 1)
  )
}

export function summaryOf(reading: Reading, sentences: number, quality: Quality): string {
  const chosen = keySentences(reading, sentences, quality)
  if (chosen.length > 0) return chosen.map(({ text }) => text).join(' ')
  return reading.heading ?? reading.text.trim().replace(/\s+/g, ' ').slice(0, 200)
}

/** Sentences that show the evidence, the strongest first; a careless reader takes them as they come. */
export function sentencesAbout(reading: Reading, evidence: Evidence, quality: Quality): readonly Sentence[] {
  const scored = reading.sentences
    .map((sentence) => ({
      sentence,
      score: weigh(` ${sentence.stems.join(' ')} `, evidence) / (4 + sentence.stems.length ** 0.5),
    }))
    .filter(({ score }) => score > 0.08)
  if (quality.careful) scored.sort((a, b) => b.score - a.score || a.sentence.position - b.sentence.position)
  return scored.map(({ sentence }) => sentence)
}
