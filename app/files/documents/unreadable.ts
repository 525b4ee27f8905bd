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
    return { ok: false, message: `It cannot be read as ${what}${reasonOf(error)}.` }
  }
}

/** `: ` and what the library says of the file, where it says something of the file. */
function reasonOf(error: unknown): string {
  // A parser that stumbles over what is not there tells of its own variables.
  if (error instanceof TypeError) return ': it is damaged'
  const [line = ''] = (error instanceof Error ? error.message : String(error)).split('\n')
  const reason = line
    .replace(/^\w+: \[xmldom \w+\]/, '')
    .trim()
    .replace(/[.\s]+$/, '')
  return reason === '' ? '' : `: ${reason.slice(0, 200)}`
}
