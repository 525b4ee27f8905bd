import { randomUUID } from 'node:crypto'
import { open, readdir, realpath, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'

/** The last write of each file that is being written. */
const writing = new Map<string, Promise<void>>()

/**
 * Writes a file whole or not at all: beside its place first, synced, then renamed over it. Links are followed; mode and owner
 * stay as they were. What is written to one file at once is written one after the other. Rejects where the disk refuses,
 * with the file as it was.
 */
export async function writeAtomic(path: string, text: string | AsyncIterable<string>): Promise<void> {
  const place = resolve(path)
  const before = writing.get(place)
  const written = (async () => {
    // Whether that one could be written is for whoever asked for it.
    await before?.catch(() => undefined)
    await replace(await realpath(place).catch(() => place), text)
  })()
  writing.set(place, written)
  try {
    await written
  } finally {
    if (writing.get(place) === written) writing.delete(place)
  }
}

/** A draft that nobody has written to for so long was left behind by a process that was killed. */
const LEFT_MS = 600_000

/** Takes away what killed processes have left of their writing of a file. */
export async function removeLeftDrafts(path: string): Promise<void> {
  const file = resolve(path)
  const names = await readdir(dirname(file)).catch(() => [])
  for (const name of names.filter((entry) => isDraftOf(basename(file), entry))) {
    const draft = join(dirname(file), name)
    const known = await stat(draft).catch(() => null)
    // Where it cannot be removed it does no harm, and the next one tries again.
    if (known !== null && Date.now() - known.mtimeMs > LEFT_MS) await rm(draft, { force: true }).catch(() => undefined)
  }
}

function isDraftOf(name: string, entry: string): boolean {
  const middle = entry.slice(name.length + 2, -4)
  return entry === `.${name}.${middle}.tmp` && /^[\da-f-]{36}$/.test(middle)
}

async function replace(file: string, text: string | AsyncIterable<string>): Promise<void> {
  const draft = join(dirname(file), `.${basename(file)}.${randomUUID()}.tmp`)
  const before = await stat(file).catch(() => null)
  try {
    const handle = await open(draft, 'wx')
    try {
      // Not `write`: on a disk that is nearly full it writes less than it was given, and mentions it only in its result.
      await handle.writeFile(text)
      if (before !== null) {
        // One that this user may not give away becomes the user's own, as with any editor.
        await handle.chown(before.uid, before.gid).catch(() => undefined)
        await handle.chmod(before.mode)
      }
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(draft, file)
  } catch (error) {
    await rm(draft, { force: true })
    throw error
  }
}
