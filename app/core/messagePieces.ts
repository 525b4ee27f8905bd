import { isJsonObject, type Json } from '../../shared/json.ts'
import { valueAsText } from './expression.ts'

/** A message in its parts: what is written in the prompt, and the values that its expressions put in. */
export type MessagePiece =
  | { readonly kind: 'written'; readonly text: string }
  | { readonly kind: 'value'; readonly value: Json }

/** A text within the values of a message. */
export interface TextPlace {
  readonly piece: number
  /** Keys that lead to it within the value; empty: the value itself. */
  readonly path: readonly (string | number)[]
  readonly text: string
}

export function messageText(pieces: readonly MessagePiece[]): string {
  return pieces.map((piece) => (piece.kind === 'written' ? piece.text : valueAsText(piece.value))).join('')
}

/**
 * Where a message that is too long can be made shorter, best first: the longest text within its longest value, that whole
 * value, the message as a whole.
 */
export function longPlaces(
  pieces: readonly MessagePiece[],
): readonly { pieces: readonly MessagePiece[]; place: TextPlace }[] {
  const longest = longestValue(pieces)
  const whole = messageText(pieces)
  const asOne = { pieces: [{ kind: 'value', value: whole } as const], place: { piece: 0, path: [], text: whole } }
  if (longest === null) return [asOne]
  const { piece, value } = longest
  const text = valueAsText(value)
  const asText = pieces.with(piece, { kind: 'value', value: text })
  const inner = typeof value === 'string' ? null : longestText(value, [])
  return [
    ...(inner === null ? [] : [{ pieces, place: { piece, ...inner } }]),
    { pieces: asText, place: { piece, path: [], text } },
    asOne,
  ]
}

/** The message with another text at a place. */
export function withText(
  pieces: readonly MessagePiece[],
  { piece, path }: TextPlace,
  text: string,
): readonly MessagePiece[] {
  const found = pieces[piece]
  if (found?.kind !== 'value') return pieces
  return pieces.with(piece, { kind: 'value', value: replaced(found.value, path, text) })
}

function longestValue(pieces: readonly MessagePiece[]): { piece: number; value: Json } | null {
  let longest: { piece: number; value: Json; length: number } | null = null
  for (const [index, piece] of pieces.entries()) {
    if (piece.kind !== 'value') continue
    const { length } = valueAsText(piece.value)
    if (length > (longest?.length ?? 0)) longest = { piece: index, value: piece.value, length }
  }
  return longest
}

function longestText(value: Json, path: readonly (string | number)[]): Omit<TextPlace, 'piece'> | null {
  if (typeof value === 'string') return { path, text: value }
  const children: readonly (readonly [string | number, Json])[] = Array.isArray(value)
    ? [...(value as readonly Json[]).entries()]
    : isJsonObject(value)
      ? Object.entries(value)
      : []
  let longest: Omit<TextPlace, 'piece'> | null = null
  for (const [key, child] of children) {
    const found = longestText(child, [...path, key])
    if (found !== null && found.text.length > (longest?.text.length ?? 0)) longest = found
  }
  return longest
}

function replaced(value: Json, path: readonly (string | number)[], text: string): Json {
  const [key, ...rest] = path
  if (key === undefined) return text
  if (Array.isArray(value))
    return (value as readonly Json[]).map((child, index) => (index === key ? replaced(child, rest, text) : child))
  if (!isJsonObject(value)) return value
  return { ...value, [key]: replaced(value[key] ?? null, rest, text) }
}
