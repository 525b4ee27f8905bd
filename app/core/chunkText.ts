import { assertNever } from '../../shared/assertNever.ts'
import { graphemeEnds } from '../../shared/expressions/graphemes.ts'
import type { CHUNK_BY } from '../../shared/stages.ts'
import { sectionEnds } from './headings.ts'
import { tokenUnits } from './tokens.ts'

export interface ChunkOptions {
  /** What is counted. `characters` are those that people see; `headings` counts sections, `pages` ends at form feeds. */
  readonly by: (typeof CHUNK_BY)[number]
  /** Units in one chunk at the most, at least 1. A unit heavier than that (an emoji of many tokens) stands alone. */
  readonly size: number
  /** Units repeated from the chunk before; less than `size`. */
  readonly overlap: number
}

export interface Chunk {
  readonly text: string
  readonly index: number
  /** UTF-16 offsets into the whole text: `text` is its slice from `start` to `end`. */
  readonly start: number
  readonly end: number
}

export type Chunked =
  | { readonly ok: true; readonly chunks: readonly Chunk[] }
  /** `message` says which option cannot be, in a sentence. */
  | { readonly ok: false; readonly message: string }

/**
 * Cuts a text into chunks that together hold all of it, in order: what separates paragraphs and pages stays with the one
 * before. The last chunk may be short. An empty text has no chunks. By tokens, `loadTokenizer` must be done.
 */
export function chunkText(text: string, { by, size, overlap }: ChunkOptions): Chunked {
  if (!Number.isInteger(size) || size < 1)
    return fails(`The size of a chunk must be a whole number from 1 on, not ${size}.`)
  if (!Number.isInteger(overlap) || overlap < 0)
    return fails(`The overlap of chunks must be a whole number from 0 on, not ${overlap}.`)
  if (overlap >= size)
    return fails(`The overlap of chunks (${overlap}) must be less than their size (${size}), or they would never end.`)
  return { ok: true, chunks: chunksOf(text, unitsOf(text, by), { size, overlap }) }
}

function fails(message: string): Chunked {
  return { ok: false, message }
}

interface Units {
  readonly ends: ArrayLike<number>
  /** null: each weighs 1. */
  readonly weights: ArrayLike<number> | null
}

function unitsOf(text: string, by: ChunkOptions['by']): Units {
  switch (by) {
    case 'tokens':
      return tokenUnits(text)
    case 'characters':
      return { ends: graphemeEnds(text), weights: null }
    case 'paragraphs':
      return { ends: paragraphEnds(text), weights: null }
    case 'headings':
      return { ends: sectionEnds(text), weights: null }
    case 'pages':
      return { ends: pageEnds(text), weights: null }
    default:
      return assertNever(by)
  }
}

function chunksOf(
  text: string,
  { ends, weights }: Units,
  { size, overlap }: { size: number; overlap: number },
): Chunk[] {
  const weightOf = (unit: number) => weights?.[unit] ?? 1
  const chunks: Chunk[] = []
  for (let first = 0; first < ends.length; ) {
    let weight = weightOf(first)
    let next = first + 1
    while (next < ends.length && weight + weightOf(next) <= size) weight += weightOf(next++)
    const start = first === 0 ? 0 : (ends[first - 1] ?? 0)
    const end = ends[next - 1] ?? text.length
    chunks.push({ text: text.slice(start, end), index: chunks.length, start, end })
    if (next === ends.length) break
    // What is repeated must leave room for the unit that comes next, or the chunk would hold nothing new.
    const room = Math.min(overlap, size - weightOf(next))
    let repeated = 0
    let from = next
    while (from - 1 > first && repeated + weightOf(from - 1) <= room) repeated += weightOf(--from)
    first = from
  }
  return chunks
}

/** A paragraph ends behind the blank lines that follow it. Blank lines at the top belong to the first one. */
function paragraphEnds(text: string): readonly number[] {
  const ends: number[] = []
  let position = 0
  let hasText = false
  let isBlankBefore = false
  while (position < text.length) {
    const feed = text.indexOf('\n', position)
    const end = feed < 0 ? text.length : feed + 1
    const isBlank = !hasInk(text, position, end)
    if (!isBlank && isBlankBefore && hasText) ends.push(position)
    hasText ||= !isBlank
    isBlankBefore = isBlank
    position = end
  }
  if (text.length > 0) ends.push(text.length)
  return ends
}

function hasInk(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if (!/\s/.test(text.charAt(at))) return true
  return false
}

/** A page ends behind its form feed: an empty page counts, so that pages keep their numbers. */
function pageEnds(text: string): readonly number[] {
  const ends: number[] = []
  for (let feed = text.indexOf('\f'); feed >= 0; feed = text.indexOf('\f', feed + 1)) ends.push(feed + 1)
  if (text.length > (ends.at(-1) ?? 0)) ends.push(text.length)
  return ends
}
