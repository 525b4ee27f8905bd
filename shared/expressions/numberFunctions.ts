import { ExpressionFault } from './expressionFault.ts'
import type { FunctionImplementation } from './functionImplementation.ts'

export const NUMBER_FUNCTIONS: readonly FunctionImplementation[] = [
  { name: 'clamp', types: '<n-nn:n>', run: clamp },
  { name: 'median', types: '<a<n>:n>', run: median },
  { name: 'percentile', types: '<a<n>n:n>', run: percentile },
]

function clamp(number: number | undefined, least: number, most: number): number | undefined {
  return number === undefined ? undefined : Math.min(Math.max(number, least), most)
}

function median(numbers: readonly number[] | undefined): number | undefined {
  return percentile(numbers, 50)
}

/** Between two numbers of the list, what lies that far between them. */
function percentile(numbers: readonly number[] | undefined, percent: number): number | undefined {
  if (!(percent >= 0 && percent <= 100))
    throw new ExpressionFault(`The percentage must be from 0 to 100, not ${percent}.`)
  if (numbers === undefined || numbers.length === 0) return undefined
  const sorted = [...numbers].sort((a, b) => a - b)
  const place = ((sorted.length - 1) * percent) / 100
  const below = sorted[Math.floor(place)] ?? 0
  const above = sorted[Math.ceil(place)] ?? 0
  return below + (above - below) * (place - Math.floor(place))
}
