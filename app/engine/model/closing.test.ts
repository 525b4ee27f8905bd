import { describe, expect, it } from 'vitest'
import { Closing } from './closing.ts'

/** How long each refusal in a row closes the backend, of calls that begin when it is open again. */
function waits(closing: Closing, count: number, from = 0): number[] {
  let now = from
  return Array.from({ length: count }, (_, call) => {
    closing.refused(call, call + 1, now)
    const ms = closing.waitMs(now)
    now += ms
    return ms
  })
}

describe('a backend that is left alone', () => {
  it('is so for as long as it asks, and never shorter for another word', () => {
    const closing = new Closing()
    closing.closeFor(5000, 0)
    closing.closeFor(1000, 0)
    expect([closing.waitMs(0), closing.waitMs(4000), closing.waitMs(6000)]).toEqual([5000, 1000, 0])
  })
  it('is so twice as long with each refusal without a word, from the second on, up to half a minute', () => {
    expect(waits(new Closing(), 12)).toEqual([0, 100, 200, 400, 800, 1600, 3200, 6400, 12_800, 25_600, 30_000, 30_000])
  })
  it('is not left alone longer for what was in flight already', () => {
    const closing = new Closing()
    for (let call = 0; call < 64; call++) closing.refused(call, 64, 0)
    expect(closing.waitMs(0)).toBe(100)
  })
  it('is asked again sooner after an answer', () => {
    const closing = new Closing()
    expect(waits(closing, 6).at(-1)).toBe(1600)
    closing.answered()
    closing.refused(6, 7, 100_000)
    expect(closing.waitMs(100_000)).toBe(800)
  })
})
