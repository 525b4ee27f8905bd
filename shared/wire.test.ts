import { expect, it } from 'vitest'
import { decodeWire, encodeWire, type FromHost } from './wire.ts'

const reply = (value: unknown): FromHost => ({ kind: 'reply', id: 1, reply: value })
const overTheWire = (value: unknown): unknown => (decodeWire(encodeWire(reply(value))) as { reply: unknown }).reply

it('carries bytes and 32-bit indexes as the typed arrays they are', () => {
  const progress = { changed: new Uint32Array([0, 7, 4_294_967_295]), states: new Uint8Array([1, 2, 255]) }
  const received = overTheWire(progress) as typeof progress
  expect(received.changed).toBeInstanceOf(Uint32Array)
  expect(received.states).toBeInstanceOf(Uint8Array)
  expect(received).toEqual(progress)
})

it('carries a part of a larger array as that part only', () => {
  const whole = new Uint32Array([1, 2, 3, 4])
  expect(overTheWire(whole.subarray(1, 3))).toEqual(new Uint32Array([2, 3]))
})

it('reads typed arrays wherever in a larger buffer they stand', () => {
  const frame = encodeWire(reply({ indexes: new Uint32Array([5, 6]), bytes: new Uint8Array([9]) }))
  for (const offset of [0, 1, 2, 3]) {
    const buffer = new Uint8Array(frame.length + offset)
    buffer.set(frame, offset)
    expect(decodeWire(buffer.subarray(offset))).toEqual(
      reply({ indexes: new Uint32Array([5, 6]), bytes: new Uint8Array([9]) }),
    )
  }
})

it('leaves out keys without a value, so that optional keys stay optional', () => {
  expect(overTheWire({ limit: undefined, kind: 'batch' })).toEqual({ kind: 'batch' })
})

it('carries JSON unchanged, deep values and whole numbers beyond 32 bits included', () => {
  let deep: unknown = 'end'
  for (let depth = 0; depth < 500; depth += 1) deep = { deep }
  const json = { text: 'Grüße 🙂', big: 1_763_700_000_123, small: -0.25, list: [null, true, []], deep }
  expect(overTheWire(json)).toEqual(json)
})

it('carries an object that has a key named __proto__ without touching any prototype', () => {
  const hostile: unknown = JSON.parse('{"item":{"__proto__":{"admin":true},"a":1}}')
  const received = overTheWire(hostile)
  expect(JSON.stringify(received)).toBe(JSON.stringify(hostile))
  expect(({} as { admin?: boolean }).admin).toBeUndefined()
})
