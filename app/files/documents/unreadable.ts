import type { DocumentRead } from './documentTask.ts'

/** Why a document cannot be read, as a sentence for the person whose file it is. */
export class Unreadable extends Error {
  override readonly name = 'Unreadable'
}

/** Runs a parser. The libraries throw whatever comes to hand for a broken file: it is that file's failure. */
export async function orUnreadable(what: string, read: () => Promise<DocumentRead>): Promise<DocumentRead> {
  try {
    return await read()
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, message: error.message }
    const reason = error instanceof Error ? error.message : String(error)
    return { ok: false, message: `It cannot be read as ${what}: ${reason.replace(/[.\s]+$/, '')}.` }
  }
}
