import { expect, it } from 'vitest'
import type { Json } from '../../../../shared/json.ts'
import { readParam, withType, writeParam } from './paramDraft.ts'

it('writes what it read, as it was written', () => {
  const written: readonly Json[] = [
    'English',
    5,
    true,
    null,
    [1, 2],
    { a: 1 },
    { type: 'integer', default: 3 },
    { type: 'string' },
    { type: 'string', default: 'en', description: 'Of the reply.', enum: ['en', 'de'] },
  ]
  expect(written.map((each) => writeParam(readParam(each)))).toEqual(written)
})

it('writes more than the value only where there is more to say', () => {
  const param = readParam('English')
  expect(writeParam({ ...param, description: 'Of the reply.' })).toEqual({
    type: 'string',
    default: 'English',
    description: 'Of the reply.',
  })
  expect(writeParam({ ...param, default: undefined })).toEqual({ type: 'string' })
  expect(writeParam({ ...readParam({ type: 'string', default: 'a', description: 'b' }), description: '' })).toBe('a')
})

it('keeps as much of a value as another type can hold', () => {
  expect([
    withType(readParam('12'), 'number').default,
    withType(readParam('x'), 'number').default,
    withType(readParam(1.6), 'integer').default,
    withType(readParam(1.5), 'string').default,
    withType(readParam({ type: 'string' }), 'number').default,
  ]).toEqual([12, 0, 2, '1.5', undefined])
})
