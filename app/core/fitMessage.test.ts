import { beforeAll, describe, expect, it } from 'vitest'
import { cutMessage, splitMessage } from './fitMessage.ts'
import { type MessagePiece, messageText } from './messagePieces.ts'
import { countTokens, loadTokenizer } from './tokens.ts'

beforeAll(loadTokenizer)

const TEXT = Array.from({ length: 400 }, (_, index) => `The ${index}th line says "hello".\n`).join('')
const written = (text: string): MessagePiece => ({ kind: 'written', text })
const value = (text: unknown): MessagePiece => ({ kind: 'value', value: text as string })

describe('a message that is cut to fit', () => {
  it('is the same where it fits', () => {
    expect(cutMessage([written('a '), value('b')], 50)).toBe('a b')
  })
  it.each([
    ['a text', [written('Read: '), value(TEXT), written('. End.')]],
    ['a text within an object', [written('Read: '), value({ id: 1, body: { text: TEXT } }), written('. End.')]],
    ['another alphabet', [written('Read: '), value('Привет, 世界 👩‍👩‍👧! '.repeat(300)), written('. End.')]],
    [
      'a list of numbers',
      [written('Read: '), value(Array.from({ length: 2000 }, (_, index) => index)), written('. End.')],
    ],
  ])('fits, and keeps what is written around %s', (_, pieces) => {
    const cut = cutMessage(pieces, 200) ?? ''
    expect(countTokens(cut)).toBeLessThanOrEqual(200)
    expect(countTokens(cut)).toBeGreaterThan(120)
    expect(cut).toMatch(/^Read: [\s\S]*\[… cut: \d+ of \d+ tokens\][\s\S]*\. End\.$/)
    expect(cut.isWellFormed()).toBe(true)
  })
  it('is cut in its longest value only', () => {
    const cut = cutMessage([value('short title'), written('\n'), value(TEXT), written('\n'), value('short end')], 200)
    expect(cut).toMatch(/^short title\n[\s\S]*\nshort end$/)
  })
  it('says how much is missing', () => {
    const [, gone, of] = /cut: (\d+) of (\d+) tokens/.exec(cutMessage([value(TEXT)], 200) ?? '') ?? []
    expect(Number(of)).toBe(countTokens(TEXT))
    expect(Number(of) - Number(gone)).toBeLessThanOrEqual(200)
  })
  it('is cut at its end where the values are many and short', () => {
    const pieces = Array.from({ length: 300 }, (_, index) => value(`line ${index}\n`))
    const cut = cutMessage(pieces, 100) ?? ''
    expect(countTokens(cut)).toBeLessThanOrEqual(100)
    expect(cut).toMatch(/^line 0\n/)
  })
  it('is none where there is no room', () => {
    expect(cutMessage([value(TEXT)], 10)).toBeNull()
  })
})

describe('a message in parts', () => {
  it.each([200, 517, 1000])('that fit in %i tokens hold all of it, in order', (room) => {
    const split = splitMessage([written('Read: '), value(TEXT), written(' End.')], room)
    const texts = (split?.parts ?? []).map(messageText)
    expect(texts.length).toBeGreaterThan(1)
    for (const [index, text] of texts.entries()) {
      expect(countTokens(text)).toBeLessThanOrEqual(room)
      expect(text.startsWith(`Read: [Part ${index + 1} of ${texts.length}]\n`)).toBe(true)
    }
    const inside = texts.map((text) => text.replace(/^Read: \[Part \d+ of \d+\]\n/, '').replace(/ End\.$/, ''))
    expect(inside.join('')).toBe(TEXT)
    expect(split?.around).toBe('Read: [one part of the text] End.')
  })
  it('keep the object around the text that is cut', () => {
    const split = splitMessage([value({ id: 7, text: TEXT })], 400)
    const objects = (split?.parts ?? []).map((part) => JSON.parse(messageText(part)) as { id: number; text: string })
    expect(objects.every(({ id }) => id === 7)).toBe(true)
    expect(objects.map(({ text }) => text.replace(/^\[Part \d+ of \d+\]\n/, '')).join('')).toBe(TEXT)
    for (const part of split?.parts ?? []) expect(countTokens(messageText(part))).toBeLessThanOrEqual(400)
  })
  it('are none where there is no room for them', () => {
    expect(splitMessage([written('word '.repeat(300)), value(TEXT)], 310)).toBeNull()
  })
})
