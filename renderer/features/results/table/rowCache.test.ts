import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { ResultRow } from '../../../../shared/trace.ts'
import { NO_USAGE } from '../../../../shared/usage.ts'
import { createRowCache, PAGE_ROWS } from './rowCache.ts'

function aRow(index: number): ResultRow {
  return {
    lane: 0,
    index,
    members: 0,
    key: `item ${index}`,
    status: 'succeeded',
    output: null,
    error: null,
    usage: NO_USAGE,
    costMicros: 0,
    latencyMs: 0,
    retries: 0,
    savedMicros: 0,
    revision: 0,
    isRedone: false,
  }
}

function aCache(options: { mostKept?: number } = {}) {
  const reads: number[][] = []
  const cache = createRowCache({
    read: async (indexes) => {
      reads.push([...indexes])
      return indexes.map(aRow)
    },
    ...options,
  })
  return { cache, reads }
}

const range = (from: number, to: number): number[] => Array.from({ length: to - from }, (_, at) => from + at)

describe('the rows of the results table', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('reads what is in sight once, and nothing else', async () => {
    const { cache, reads } = aCache()
    cache.want([3, 4, 5])
    await vi.runAllTimersAsync()
    cache.want([4, 5, 6])
    await vi.runAllTimersAsync()
    expect(reads).toEqual([[3, 4, 5], [6]])
    expect(cache.row(6)?.key).toBe('item 6')
    expect(cache.row(7)).toBeNull()
  })

  it('reads no more than a page at once', async () => {
    const { cache, reads } = aCache()
    cache.want(range(0, 450))
    await vi.runAllTimersAsync()
    expect(reads.map((read) => read.length)).toEqual([PAGE_ROWS, PAGE_ROWS, 50])
  })

  it('reads rows again that have changed, at most once a second, and only those in sight', async () => {
    const { cache, reads } = aCache()
    cache.want([1, 2])
    await vi.runAllTimersAsync()
    cache.want([2, 3])
    await vi.runAllTimersAsync()
    for (let push = 0; push < 10; push++) {
      cache.markStale([1, 2])
      await vi.advanceTimersByTimeAsync(100)
    }
    expect(reads.slice(2)).toEqual([[2]])
  })

  it('reads a row again that changed while it was being read for the first time', async () => {
    const reads: number[][] = []
    const cache = createRowCache({
      read: async (indexes) => {
        reads.push([...indexes])
        await new Promise((resolve) => setTimeout(resolve, 50))
        return indexes.map(aRow)
      },
    })
    cache.want([1, 2])
    await vi.advanceTimersByTimeAsync(20)
    cache.markStale([2])
    await vi.runAllTimersAsync()
    expect(reads).toEqual([[1, 2], [2]])
  })

  it('reads with those in sight the ones near them, but never them alone for the sake of a change', async () => {
    const { cache, reads } = aCache()
    cache.want([5, 6], range(3, 9))
    await vi.runAllTimersAsync()
    expect(reads).toEqual([[5, 6, 3, 4, 7, 8]])
    cache.markStale([4, 5])
    await vi.runAllTimersAsync()
    expect(reads.slice(1)).toEqual([[5]])
  })

  it('forgets the oldest rows, but never one in sight', async () => {
    const { cache } = aCache({ mostKept: 100 })
    for (let page = 0; page < 5; page++) {
      cache.want(range(page * 50, page * 50 + 50))
      await vi.runAllTimersAsync()
    }
    expect(cache.row(0)).toBeNull()
    expect(range(200, 250).every((index) => cache.row(index) !== null)).toBe(true)
  })

  it('does not ask for ever for a row that the host does not give', async () => {
    const reads: number[][] = []
    const cache = createRowCache({
      read: async (indexes) => {
        reads.push([...indexes])
        return []
      },
    })
    cache.want([1])
    await vi.advanceTimersByTimeAsync(10_000)
    expect(reads.length).toBeLessThan(15)
    cache.close()
  })
})
