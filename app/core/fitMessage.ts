import { chunkText } from './chunkText.ts'
import { longPlaces, type MessagePiece, messageText, type TextPlace, withText } from './messagePieces.ts'
import { countTokens, tokenUnits } from './tokens.ts'

/** Room for the mark that says what was cut, or which part it is. */
const MARK_TOKENS = 20
const TRIES = 8

/**
 * A message of at most `room` tokens: its longest value is cut at the end, with a mark in its place. null: what is
 * written around the values is too long by itself. Needs `loadTokenizer`.
 */
export function cutMessage(pieces: readonly MessagePiece[], room: number): string | null {
  const whole = messageText(pieces)
  const over = countTokens(whole) - room
  if (over <= 0) return whole
  for (const at of longPlaces(pieces)) {
    const units = tokenUnits(at.place.text)
    const total = units.weights.reduce((sum, weight) => sum + weight, 0)
    let keep = total - over - MARK_TOKENS
    for (let tried = 0; tried < TRIES && keep > 0; tried++) {
      const { end, kept } = firstUnits(units, keep)
      const mark = `[… cut: ${total - kept} of ${total} tokens]`
      const text = messageText(withText(at.pieces, at.place, `${at.place.text.slice(0, end)}${mark}`))
      const excess = countTokens(text) - room
      if (excess <= 0) return text
      keep -= excess + 1
    }
  }
  return null
}

function firstUnits({ ends, weights }: ReturnType<typeof tokenUnits>, most: number): { end: number; kept: number } {
  let kept = 0
  let end = 0
  for (const [index, weight] of weights.entries()) {
    if (kept + weight > most) break
    kept += weight
    end = ends[index] ?? end
  }
  return { end, kept }
}

/** A message cut into several that each fit. */
export interface SplitMessage {
  readonly parts: readonly (readonly MessagePiece[])[]
  /** The message with words in place of what was cut. */
  readonly around: string
}

/**
 * Messages of at most `room` tokens, each with a part of the longest value, that together hold all of it. null: what
 * stands around that value leaves no room for it. Needs `loadTokenizer`.
 */
export function splitMessage(pieces: readonly MessagePiece[], room: number): SplitMessage | null {
  const places = longPlaces(pieces)
  // What is written says what to do: it must stand in every part.
  for (const { pieces: whole, place } of places.length > 1 ? places.slice(0, -1) : places) {
    const around = messageText(withText(whole, place, ''))
    const left = room - countTokens(around) - MARK_TOKENS
    const size = Math.floor(left / escaping(whole, place, around))
    if (size < MARK_TOKENS) continue
    const chunked = chunkText(place.text, { by: 'tokens', size, overlap: 0 })
    if (!chunked.ok || chunked.chunks.length < 2) continue
    const { chunks } = chunked
    const parts = chunks.map(({ text, index }) =>
      withText(whole, place, `[Part ${index + 1} of ${chunks.length}]\n${text}`),
    )
    return { parts, around: messageText(withText(whole, place, '[one part of the text]')) }
  }
  return null
}

/** How many tokens one of the text takes where it stands: quotes and line ends are longer inside JSON. */
function escaping(pieces: readonly MessagePiece[], place: TextPlace, around: string): number {
  if (place.path.length === 0) return 1
  const inside = countTokens(messageText(pieces)) - countTokens(around)
  return Math.max(1, inside / Math.max(1, countTokens(place.text)))
}
