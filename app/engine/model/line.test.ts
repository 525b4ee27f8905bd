import { describe, expect, it } from 'vitest'
import { Line } from './line.ts'

function taken(line: Line<number>): number[] {
  const all: number[] = []
  for (;;) {
    const { first } = line
    if (first === undefined) return all
    all.push(first)
    line.removeFirst()
  }
}

describe('a line', () => {
  it('gives its members in the order of their coming, thousands of them too', () => {
    const line = new Line<number>()
    const numbers = Array.from({ length: 5000 }, (_, index) => index)
    for (const number of numbers) line.add(number)
    expect(line.length).toBe(5000)
    expect(taken(line)).toEqual(numbers)
    expect(line.length).toBe(0)
  })
  it('lets some leave, wherever they stand', () => {
    const line = new Line<number>()
    for (let number = 0; number < 6; number++) line.add(number)
    line.removeFirst()
    expect(line.remove((number) => number % 2 === 1)).toEqual([1, 3, 5])
    line.add(6)
    expect(taken(line)).toEqual([2, 4, 6])
  })
})
