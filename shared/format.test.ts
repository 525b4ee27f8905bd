import { describe, expect, it } from 'vitest'
import { formatDuration, formatRate, formatTokens, formatUsd } from './format.ts'

describe('money', () => {
  it.each([
    [null, 'unknown'],
    [0, '$0'],
    [4_700_000, '$4.70'],
    [1_234_567_890, '$1,234.57'],
    [3_140, '$0.0031'],
    [10_000, '$0.01'],
    [12, '$0.000012'],
    [1, '$0.000001'],
  ])('%s millionths are %s', (micros, text) => {
    expect(formatUsd(micros)).toBe(text)
  })
})

describe('durations', () => {
  it.each([
    [850, '850 ms'],
    [2900, '2.9 s'],
    [9990, '10 s'],
    [48_000, '48 s'],
    [59_700, '1 min'],
    [119_800, '2 min'],
    [200_000, '3 min 20 s'],
    [7_500_000, '2 h 5 min'],
  ])('%s ms are %s', (ms, text) => {
    expect(formatDuration(ms)).toBe(text)
  })
})

describe('rates and tokens', () => {
  it('use the unit that gives a readable number', () => {
    expect([0.05, 0.7, 1.23, 320.4].map(formatRate)).toEqual(['3.0/min', '42/min', '1.2/s', '320/s'])
    expect([212, 1902, 48_200, 1_250_000].map(formatTokens)).toEqual(['212', '1.9k', '48k', '1.3M'])
  })
})
