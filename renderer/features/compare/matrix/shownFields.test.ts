import { expect, it } from 'vitest'
import { foldTries } from '../../../../shared/compare/foldTries.ts'
import type { Json } from '../../../../shared/json.ts'
import { NO_USAGE } from '../../../../shared/usage.ts'
import { shownFields } from './shownFields.ts'

function aCell(variant: string, output: Json) {
  const at = { item: { index: 0, key: 'a' }, variant, repeat: 0, run: 'r', status: 'succeeded', error: null } as const
  const figures = { latencyMs: 1, usage: NO_USAGE, costMicros: 1, remembered: false, attempts: 1, isValid: true }
  return foldTries([{ ...at, ...figures, output, stages: {} }])
}

it('shows what differs, however late it stands, and fills the room with the rest', () => {
  const output = (last: string) => ({ a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, last })
  const shown = shownFields({ cells: [aCell('local', output('x')), null, aCell('frontier', output('y'))] })
  expect([...shown]).toEqual(['last', 'a', 'b', 'c', 'd', 'e'])
})

it('shows none of texts', () => {
  expect([...shownFields({ cells: [aCell('local', 'x')] })]).toEqual([])
})
