import { unzipSync } from 'fflate'
import { Unreadable } from './unreadable.ts'

/** All unpacked parts together. A larger archive is no document but an attack, or a mistake. */
const MAX_UNPACKED_BYTES = 200_000_000
const MAX_PARTS = 10_000

/**
 * The parts of an Office file that are wanted. Bounded by what the archive says of itself before anything is unpacked;
 * the unpacker writes no more than that, so an archive that lies about its sizes gains nothing.
 */
export function unzipBounded(bytes: Uint8Array, isWanted: (name: string) => boolean): Record<string, Uint8Array> {
  let parts = 0
  let unpacked = 0
  try {
    return unzipSync(bytes, {
      filter: ({ name, originalSize }) => {
        if (++parts > MAX_PARTS) throw new Unreadable(`It holds more than ${MAX_PARTS} parts.`)
        if (!isWanted(name)) return false
        unpacked += originalSize
        if (unpacked > MAX_UNPACKED_BYTES)
          throw new Unreadable(`Unpacked it is larger than ${MAX_UNPACKED_BYTES / 1e6} MB.`)
        return true
      },
    })
  } catch (error) {
    if (error instanceof Unreadable) throw error
    throw new Unreadable('It is damaged, or not of the kind that its name says: the archive cannot be opened.')
  }
}
