import type { Json } from '../json.ts'
import { ExpressionFault } from './expressionFault.ts'
import type { FunctionImplementation } from './functionImplementation.ts'
import { graphemeEnds } from './graphemes.ts'
import { readableText } from './readableText.ts'

export const TEXT_FUNCTIONS: readonly FunctionImplementation[] = [
  { name: 'truncate', types: '<s-ns?:s>', run: truncate },
  { name: 'lines', types: '<s-:a<s>>', run: lines },
  { name: 'words', types: '<s-:a<s>>', run: words },
  { name: 'slug', types: '<s-:s>', run: slug },
  { name: 'startsWith', types: '<s-s:b>', run: startsWith },
  { name: 'endsWith', types: '<s-s:b>', run: endsWith },
  { name: 'similarity', types: '<ss:n>', run: similarity },
  { name: 'stripHtml', types: '<s-:s>', run: stripHtml },
  { name: 'parseJson', types: '<s-:x>', run: parseJson },
]

/** Cuts between characters as people see them; `end` counts, so that the whole is never longer than `size`. */
function truncate(text: string | undefined, size: number, end = '…'): string | undefined {
  if (text === undefined) return undefined
  if (!Number.isInteger(size) || size < 0)
    throw new ExpressionFault(`The size must be a whole number from 0 on, not ${size}.`)
  // No text of more characters is shorter than that.
  if (text.length <= size) return text
  const ends = graphemeEnds(text)
  if (ends.length <= size) return text
  const kept = size - graphemeEnds(end).length
  if (kept < 0) return text.slice(0, ends[size - 1] ?? 0)
  return text.slice(0, ends[kept - 1] ?? 0) + end
}

function lines(text: string | undefined): readonly string[] | undefined {
  if (text === undefined) return undefined
  const all = text.split(/\r\n|\r|\n/)
  // A line end at the end of the text begins no line.
  return all.at(-1) === '' ? all.slice(0, -1) : all
}

function words(text: string | undefined): readonly string[] | undefined {
  return text === undefined ? undefined : [...(text.match(/[\p{L}\p{M}\p{N}]+(?:['’-][\p{L}\p{M}\p{N}]+)*/gu) ?? [])]
}

function slug(text: string | undefined): string | undefined {
  return text
    ?.normalize('NFKD')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replace(/\p{M}+/gu, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
}

function startsWith(text: string | undefined, part: string | undefined): boolean | undefined {
  return part === undefined ? undefined : text?.startsWith(part)
}

function endsWith(text: string | undefined, part: string | undefined): boolean | undefined {
  return part === undefined ? undefined : text?.endsWith(part)
}

/** Dice's coefficient over pairs of characters, blind to case and space. */
function similarity(one: string | undefined, other: string | undefined): number | undefined {
  if (one === undefined || other === undefined) return undefined
  const [first, second] = [pairsOf(one), pairsOf(other)]
  if (first.total + second.total === 0) return folded(one) === folded(other) ? 1 : 0
  let common = 0
  for (const [pair, count] of first.counts) common += Math.min(count, second.counts.get(pair) ?? 0)
  return (2 * common) / (first.total + second.total)
}

function folded(text: string): string {
  return text.toLowerCase().replace(/\s+/g, ' ').trim()
}

function pairsOf(text: string): { counts: ReadonlyMap<string, number>; total: number } {
  const plain = folded(text)
  const counts = new Map<string, number>()
  for (let index = 0; index + 1 < plain.length; index++) {
    const pair = plain.slice(index, index + 2)
    counts.set(pair, (counts.get(pair) ?? 0) + 1)
  }
  return { counts, total: Math.max(0, plain.length - 1) }
}

function stripHtml(html: string | undefined): string | undefined {
  return html === undefined ? undefined : readableText(html)
}

/** Text that is no JSON is nothing: `??` gives something else for it. */
function parseJson(text: string | undefined): Json | undefined {
  if (text === undefined) return undefined
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}
