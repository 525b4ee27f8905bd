import { describe, expect, it } from 'vitest'
import type { RunPreview } from '../../shared/runChange.ts'
import { previewPrice, previewText } from './previewText.ts'

function aPreview(changes: Partial<RunPreview> = {}): RunPreview {
  return {
    items: 400,
    calls: 312,
    remembered: 88,
    costMicros: 410_000,
    isPricePartial: false,
    savedMicros: 0,
    isExact: true,
    simulated: false,
    ...changes,
  }
}

describe('what a button says it would ask for', () => {
  it('says calls, what memory has, and the price', () => {
    expect(previewText(aPreview())).toBe('312 calls, 88 from memory, about $0.41')
    expect(previewText(aPreview({ calls: 1, remembered: 0 }))).toBe('1 call, about $0.41')
    expect(previewPrice(aPreview())).toBe('≈ $0.41')
  })

  it('never says 0 of a price that is not known', () => {
    for (const preview of [aPreview({ costMicros: null }), aPreview({ costMicros: 0, isPricePartial: true })]) {
      expect(previewText(preview)).toBe('312 calls, 88 from memory, price unknown')
      expect(previewPrice(preview)).toBe('price unknown')
    }
  })

  it('says that it is at least so much where some calls have no price', () => {
    expect(previewText(aPreview({ isPricePartial: true }))).toContain('at least $0.41')
    expect(previewPrice(aPreview({ isPricePartial: true }))).toBe('≥ $0.41')
  })

  it('says 0 of a free tier, and that nothing is asked where memory has all', () => {
    expect(previewText(aPreview({ costMicros: 0 }))).toContain('about $0')
    expect(previewText(aPreview({ calls: 0, remembered: 400, costMicros: 0 }))).toBe(
      'no calls, 400 from memory, costs nothing',
    )
    expect(previewPrice(aPreview({ calls: 0 }))).toBe('$0')
  })

  it('calls play money what it is, and about what was worked out from a part', () => {
    expect(previewText(aPreview({ simulated: true, isExact: false }))).toBe(
      'about 312 calls, 88 from memory, about $0.41 of play money',
    )
  })

  it('says that there is nothing to do', () => {
    expect(previewText(aPreview({ items: 0, calls: 0, remembered: 0 }))).toBe('Nothing to do')
  })
})
