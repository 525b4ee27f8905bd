import { expect, it } from 'vitest'
import { oddnessOf } from './oddness.ts'

const LETTER =
  'Dear all, the parcel for order 4711 came late and one corner was torn. Please tell me what to do.\nAda\n'
const letters = Array.from({ length: 30 }, (_, n) => LETTER.repeat(1 + (n % 4)).replace('4711', String(4000 + n * 7)))

it('is large for what is written otherwise', () => {
  const odd = oddnessOf([...letters, '20 31 42 77 91 10 22 37 48 59 60', 'Это письмо написано по-русски.'])
  const usual = Math.max(...odd.slice(0, letters.length))
  expect(odd[30]).toBeGreaterThan(3)
  expect(odd[31]).toBeGreaterThan(3)
  expect(usual).toBeLessThan(3)
})
it('is nothing among a few, or among equals', () => {
  expect(oddnessOf(['a', '1', 'ß'])).toEqual([0, 0, 0])
  expect(Math.max(...oddnessOf(Array.from({ length: 10 }, () => LETTER)))).toBe(0)
  expect(oddnessOf(Array.from({ length: 10 }, () => ''))).toEqual(Array.from({ length: 10 }, () => 0))
})
