import { decode, ExtensionCodec, encode } from '@msgpack/msgpack'
import { z } from 'zod'
import type { HostEvent } from './api.ts'

/**
 * The protocol between `jacquard serve` (app/serve/socket.ts) and the browser (renderer/lib/socketBridge.ts): one
 * WebSocket at `WIRE_PATH` of the page's own origin, every message one binary frame of MessagePack.
 *
 * Each call is answered once, by its id, in any order. `reply` carries `Reply<Command>`; `bug` is what a rejected
 * promise is over Electron's IPC. Events come unasked; of the progress of one run, only the newest may arrive when the
 * client reads slowly, with the changed items of those in between merged in. Frames from the browser are at most
 * `MAX_CALL_BYTES`; the host closes with `CLOSE_TOO_BIG` (ws) on a longer one.
 */
export const WIRE_PATH = '/wire'

/** An upload and what surrounds it. */
export const MAX_CALL_BYTES = 64 * 1024 * 1024

export const toHost = z.object({
  kind: z.literal('call'),
  /** Counts up from 1 on each socket. */
  id: z.number().int().nonnegative(),
  command: z.string().max(100),
  request: z.unknown(),
})
export type ToHost = z.infer<typeof toHost>

export type FromHost =
  | { readonly kind: 'reply'; readonly id: number; readonly reply: unknown }
  | { readonly kind: 'bug'; readonly id: number; readonly message: string }
  | { readonly kind: 'event'; readonly event: HostEvent }

const UINT32_ARRAY = 1
const JSON_TEXT = 2

/** MessagePack knows bytes, and the decoder gives them as `Uint8Array`; what else we send needs a type of its own. */
const extensionCodec = new ExtensionCodec()
extensionCodec.register({
  type: UINT32_ARRAY,
  encode: (value) =>
    value instanceof Uint32Array ? new Uint8Array(value.buffer, value.byteOffset, value.byteLength) : null,
  // A copy, because a Uint32Array must begin at a multiple of four bytes.
  decode: (bytes) => new Uint32Array(bytes.slice().buffer),
})
/** The decoder refuses an object with the key `__proto__`; one in an item must not make its trace unreadable. */
extensionCodec.register({
  type: JSON_TEXT,
  encode: (value) =>
    typeof value === 'object' && value !== null && Object.hasOwn(value, '__proto__')
      ? encode(JSON.stringify(value))
      : null,
  decode: (bytes) => JSON.parse(String(decode(bytes))),
})

/** Deeper values than this are a bug of the caller's and throw. */
const MAX_DEPTH = 1000

/** A key whose value is undefined is left out, as in JSON. */
export function encodeWire(message: ToHost | FromHost): Uint8Array<ArrayBuffer> {
  return encode(message, { extensionCodec, ignoreUndefined: true, maxDepth: MAX_DEPTH })
}

/** Throws on bytes that are not MessagePack. Byte arrays in the result share the memory of `frame`. */
export function decodeWire(frame: Uint8Array | ArrayBuffer): unknown {
  // Node's Buffer is a Uint8Array whose parts are Buffers again, of which `slice` copies nothing.
  const bytes = frame instanceof ArrayBuffer ? frame : new Uint8Array(frame.buffer, frame.byteOffset, frame.byteLength)
  return decode(bytes, { extensionCodec })
}
