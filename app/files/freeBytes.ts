import { statfs } from 'node:fs/promises'

/** Bytes that this program may still write on the disk of a folder; null: the system does not tell. */
export async function freeBytes(folder: string): Promise<number | null> {
  try {
    const { bavail, bsize } = await statfs(folder)
    return bavail * bsize
  } catch {
    return null
  }
}
