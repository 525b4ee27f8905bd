import type { Reading } from './reading.ts'
import { isStopWord, plain, stem, wordsOf } from './words.ts'

/** Runs of content words, those first that occur often and hold frequent words (after RAKE), at most `count`. */
export function keyPhrases(reading: Reading, count: number): string[] {
  const found = new Map<string, { text: string; score: number }>()
  for (const sentence of reading.sentences)
    for (const candidate of candidates(sentence.text)) {
      const stems = wordsOf(candidate).map(stem)
      const key = stems.join(' ')
      // One ordinary word, said once, is not what a text is about.
      if (stems.length === 1 && !/^\p{Lu}/u.test(candidate) && (reading.counts.get(key) ?? 0) < 2) continue
      const weight =
        stems.reduce((sum, each) => sum + Math.log1p(reading.counts.get(each) ?? 0), 0) / stems.length ** 0.7
      const known = found.get(key)
      if (known === undefined) found.set(key, { text: candidate, score: weight })
      else known.score += weight * 0.5
    }
  const ranked = [...found.entries()].sort(([, a], [, b]) => b.score - a.score)
  const chosen: { key: string; text: string }[] = []
  for (const [key, { text }] of ranked) {
    if (chosen.length === count) break
    if (!chosen.some((other) => other.key.includes(key) || key.includes(other.key))) chosen.push({ key, text })
  }
  return chosen.map(({ text }) => text)
}

function candidates(sentence: string): string[] {
  return sentence
    .split(/[.,;:!?()"“”„«»/]|\s[–—-]\s/)
    .flatMap((part) => {
      const runs: string[][] = [[]]
      for (const word of part.split(/\s+/)) {
        const bare = plain(word).replace(/[^\p{L}\p{N}'-]/gu, '')
        if (bare === '' || isStopWord(bare) || /^\d+$/.test(bare)) runs.push([])
        else runs.at(-1)?.push(word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''))
      }
      return runs
    })
    .filter((run) => run.length > 0 && run.length <= 3)
    .map((run) => run.join(' '))
    .filter((run) => run.length > 3)
}

/** Names of things: capitalised words inside sentences, the most frequent first. */
export function properNames(reading: Reading): string[] {
  const counts = new Map<string, number>()
  const heading = reading.heading === null ? [] : [` ${reading.heading}`]
  for (const text of [...reading.sentences.map((sentence) => sentence.text), ...heading])
    for (const [found] of text.matchAll(
      /(?<=[\p{Ll}\p{N},'’"(] ["“(]?|^ )\p{Lu}[\p{L}\p{N}-]*(?: (?:\p{Lu}|\d)[\p{L}\p{N}-]*){0,3}/gu,
    )) {
      const name = found.trim()
      if (name.length < 3 || NOT_A_NAME.test(name)) continue
      counts.set(name, (counts.get(name) ?? 0) + 1 + (name.includes(' ') ? 0.5 : 0))
    }
  return [...counts].sort((a, b) => b[1] - a[1]).map(([name]) => name)
}

const NOT_A_NAME =
  /^(?:I['’]?\w*|Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)(?:day)?\b|^(?:January|February|March|April|May|June|July|August|September|October|November|December|English|German|Spanish|French|GMT|PDF|OK|USA?|UK|EU|EUR|USD|VAT|Please|Thanks|Hello|Dear|Also|However)\b/
