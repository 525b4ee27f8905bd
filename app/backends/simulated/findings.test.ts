import { describe, expect, it } from 'vitest'
import { find, findDates, parseNumber } from './findings.ts'

describe('findDates', () => {
  it('reads the ways in which people write days, in several languages', () => {
    const text = '2026-03-02, 3 March 2026, March 4th, 2026, 5. März 2026, 6 de marzo de 2026, 07.03.2026, 8/3/2026'
    expect(findDates(text).map(({ iso }) => iso.slice(8))).toEqual(['02', '03', '04', '05', '06', '07', '08'])
  })

  it('passes over days that no calendar has', () => {
    expect(findDates('31.02.2026 and 2026-13-01')).toEqual([])
  })
})

describe('parseNumber', () => {
  it.each([
    ['1,250.50', 1250.5],
    ['1.250,50 EUR', 1250.5],
    ['£2.1 million', 2_100_000],
    ['ca. 720', 720],
    ['12 000', 12_000],
    ['-3', -3],
    ['none', null],
  ])('reads %s', (text, number) => {
    expect(parseNumber(text)).toBe(number)
  })
})

describe('find', () => {
  it('finds sums of money with the sign on either side', () => {
    expect(find('It cost €7.99, then 645,00 EUR and £2.1 million.', 'money').map(({ text }) => text)).toEqual([
      '€7.99',
      '645,00 EUR',
      '£2.1 million',
    ])
  })

  it('finds references whole', () => {
    expect(
      find('Invoice NL-INV-20933 for order NL-48211, serial BCN2-88104-K', 'reference').map(({ text }) => text),
    ).toEqual(['NL-INV-20933', 'NL-48211', 'BCN2-88104-K'])
  })
})
