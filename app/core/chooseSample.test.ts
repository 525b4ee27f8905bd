import { describe, expect, it } from 'vitest'
import { type Candidate, chooseSample } from './chooseSample.ts'

const candidates = (
  count: number,
  bytes: (index: number) => number | null = (index) => (index * 37) % 101,
): Candidate[] =>
  Array.from({ length: count }, (_, index) => ({
    index,
    key: `item ${index}`,
    bytes: bytes(index),
    hasFailed: false,
    oddness: null,
  }))

describe('a sample', () => {
  it('has the smallest, the largest and those between at even steps of size', () => {
    const { items } = chooseSample(candidates(101), { size: 5, kept: [] })
    expect(items.map(({ bytes }) => bytes)).toEqual([0, 25, 50, 75, 100])
    expect(items.map(({ reason }) => reason)).toEqual(['smallest', 'quantile', 'quantile', 'quantile', 'largest'])
  })
  it('has what failed last and what is unlike the rest, and says so', () => {
    const all = candidates(101).map((candidate) => ({
      ...candidate,
      hasFailed: candidate.index % 20 === 7,
      oddness: candidate.index === 50 ? 9 : 0.5,
    }))
    const { items } = chooseSample(all, { size: 10, kept: [] })
    expect(items).toHaveLength(10)
    expect(items.filter(({ reason }) => reason === 'failed')).toHaveLength(2)
    expect(items.filter(({ reason }) => reason === 'odd').map(({ index }) => index)).toEqual([50])
    expect(new Set(items.map(({ index }) => index)).size).toBe(10)
  })
  it('keeps what a person chose', () => {
    const kept = [{ index: 3, key: 'item 3', bytes: 10, reason: 'chosen' as const }]
    const { items } = chooseSample(candidates(101), { size: 4, kept })
    expect(items).toHaveLength(4)
    expect(items).toContainEqual(kept[0])
  })
  it('is spread over the source where no size is known, and never larger than it', () => {
    const { items } = chooseSample(
      candidates(9, () => null),
      { size: 3, kept: [] },
    )
    expect(items.map(({ index }) => index)).toEqual([0, 4, 8])
    expect(chooseSample(candidates(2), { size: 10, kept: [] }).items).toHaveLength(2)
    expect(chooseSample([], { size: 10, kept: [] }).items).toEqual([])
  })
})
