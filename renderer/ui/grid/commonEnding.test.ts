import { describe, expect, it } from 'vitest'
import { commonEnding } from './commonEnding.ts'

describe('the ending that all names have', () => {
  it('is left out only where every name has it', () => {
    expect(commonEnding(['a.txt', null, 'b.txt'])).toBe('.txt')
    expect(commonEnding(['a.txt', 'b.md'])).toBe('')
    expect(commonEnding(['1', '2'])).toBe('')
  })

  it('never leaves nothing of a name', () => {
    expect(commonEnding(['.env', 'a.env'])).toBe('')
    expect(commonEnding(['only.txt'])).toBe('')
  })
})
