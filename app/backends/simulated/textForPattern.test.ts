import { describe, expect, it } from 'vitest'
import { textForPattern } from './textForPattern.ts'

describe('textForPattern', () => {
  it.each([
    ['^NL-\\d{5}$', 'NL-00000'],
    ['^(?:low|high)$', 'low'],
    ['^[A-Z]{2,3}\\.[a-z]+$', 'AA.a'],
    ['^(\\+\\d{1,3} )?\\d{3}$', '000'],
    ['[^abc]', '0'],
  ])('makes the plainest text for %s', (pattern, text) => {
    expect(textForPattern(pattern)).toBe(text)
  })

  it.each(['^(?=.*x)y', '(', '\\p{Lu}', '^(a)\\1$'])('gives up on %s', (pattern) => {
    expect(textForPattern(pattern)).toBeNull()
  })
})
