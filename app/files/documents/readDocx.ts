import { zipSync } from 'fflate'
import mammoth from 'mammoth'
import type { DocumentRead } from './documentTask.ts'
import { htmlText } from './htmlText.ts'
import { Unreadable } from './unreadable.ts'
import { unzipBounded } from './unzipBounded.ts'

/** The text of a Word document. Pictures and other media in it are not unpacked. */
export async function readDocx(bytes: Uint8Array): Promise<DocumentRead> {
  if (isOldOffice(bytes))
    throw new Unreadable('It is encrypted, or of the old .doc kind. Save it as .docx without a password.')
  const parts = unzipBounded(bytes, (name) => name.endsWith('.xml') || name.endsWith('.rels'))
  // The reader unpacks without any bound of its own: it gets an archive in which nothing is packed.
  const { value } = await mammoth.convertToHtml(
    { buffer: Buffer.from(zipSync(parts, { level: 0 })) },
    { convertImage: mammoth.images.imgElement(() => Promise.resolve({ src: '' })), externalFileAccess: false },
  )
  return { ok: true, text: htmlText(value).trim(), more: {} }
}

/** What Office wrote before 2007, and what it wraps encrypted files in to this day. */
export function isOldOffice(bytes: Uint8Array): boolean {
  return bytes[0] === 0xd0 && bytes[1] === 0xcf && bytes[2] === 0x11 && bytes[3] === 0xe0
}
