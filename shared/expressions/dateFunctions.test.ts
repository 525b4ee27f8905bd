import { describe, expect, it } from 'vitest'
import type { Json } from '../json.ts'
import { compileExpression } from './compileExpression.ts'

const value = async (source: string): Promise<Json | undefined> => {
  const result = await compileExpression(source, { timeoutMs: 1000, functions: [] })({})
  return result.ok ? result.value : result.message
}

describe('$parseDate', () => {
  it.each([
    ['2024-03-05', '2024-03-05'],
    ['2024-03-05T10:30:00+02:00', '2024-03-05T08:30:00.000Z'],
    ['2024-03-05 10:30', '2024-03-05T10:30:00.000Z'],
    ['2024-03-05T10:30:00.123456Z', '2024-03-05T10:30:00.123Z'],
    ['5 March 2024', '2024-03-05'],
    ['March 5th, 2024 at 7:05', '2024-03-05T07:05:00.000Z'],
    ['Sept. 1 2024', '2024-09-01'],
    ['5.3.2024', '2024-03-05'],
    ['2024/3/5', '2024-03-05'],
    ['Tue, 05 Mar 2024 10:00:00 -0500 (EST)', '2024-03-05T15:00:00.000Z'],
    ['29 Feb 2024', '2024-02-29'],
    ['0099-01-01', '0099-01-01'],
  ])('reads %s', async (text, iso) => {
    expect(await value(`$parseDate(${JSON.stringify(text)})`)).toBe(iso)
  })
  it.each([
    '',
    'soon',
    '03/04/2024',
    '2024-02-30',
    '2023-02-29',
    '2024-13-01',
    '2024-01-01T25:00:00',
    '2024-01-01T10:61',
    `${'1'.repeat(1000)}`,
  ])('finds nothing in %s', async (text) => {
    expect(await value(`$parseDate(${JSON.stringify(text)}) ?? "none"`)).toBe('none')
  })
  it('reads what a format says', async () => {
    expect(await value('$parseDate("03/04/2024", "dd/MM/yyyy")')).toBe('2024-04-03')
    expect(await value('$parseDate("03/04/2024", "MM/dd/yyyy")')).toBe('2024-03-04')
    expect(await value('$parseDate("5. Mar 2024 um 07:05", "d. MMM yyyy \'um\' HH:mm")')).toBe(
      '2024-03-05T07:05:00.000Z',
    )
    expect(await value('$parseDate("x", "QQ")')).toContain('`QQ` is no part of a date format')
  })
})

it('$formatDate writes every part, in UTC', async () => {
  const source = '$formatDate("2024-03-05T07:08:09.010Z", "EEEE EEE d dd M MM MMM MMMM yy yyyy H HH:mm:ss.SSS \'at\'")'
  expect(await value(source)).toBe('Tuesday Tue 5 05 3 03 Mar March 24 2024 7 07:08:09.010 at')
  expect(await value('$formatDate(0)')).toBe('1970-01-01')
  expect(await value('$formatDate("nonsense")')).toContain('"nonsense" is no date that can be read')
})

it('$addDays keeps a date a date and a time a time', async () => {
  expect(await value('[$addDays("2024-12-31", 1), $addDays("2024-01-01T10:00Z", -1)]')).toEqual([
    '2025-01-01',
    '2023-12-31T10:00:00.000Z',
  ])
  expect(await value('$addDays("2024-12-31", 1e12)')).toContain('too far away')
})

it('$daysBetween counts whole days, back for an earlier date', async () => {
  expect(
    await value('[$daysBetween("2024-01-01", "2025-01-01"), $daysBetween("2024-01-02", "2024-01-01T12:00Z")]'),
  ).toEqual([366, 0])
  expect(await value('$daysBetween("2024-01-10", "2024-01-01")')).toBe(-9)
})
