import { getDocumentProxy } from 'unpdf'
import type { DocumentRead } from './documentTask.ts'
import { Unreadable } from './unreadable.ts'

const MAX_PAGES = 5000
/** All pages together, in characters. */
const MAX_TEXT = 50_000_000

/** The text of a PDF, its pages parted by form feeds. */
export async function readPdf(bytes: Uint8Array): Promise<DocumentRead> {
  const pdf = await openPdf(bytes)
  try {
    if (pdf.numPages > MAX_PAGES) throw new Unreadable(`It has ${pdf.numPages} pages; at most ${MAX_PAGES} are read.`)
    const pages: string[] = []
    let length = 0
    for (let number = 1; number <= pdf.numPages; number++) {
      const page = await pdf.getPage(number)
      const { items } = await page.getTextContent()
      const text = items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : '') : '')).join('')
      page.cleanup()
      pages.push(text.trim())
      length += text.length
      if (length > MAX_TEXT) throw new Unreadable(`Its text is longer than ${MAX_TEXT / 1e6} million characters.`)
    }
    if (pages.every((page) => page === ''))
      throw new Unreadable(
        'The PDF holds no text: its pages seem to be scanned images. Run text recognition on it first.',
      )
    return { ok: true, text: pages.join('\f'), more: { pages: pages.length } }
  } finally {
    await pdf.loadingTask.destroy()
  }
}

async function openPdf(bytes: Uint8Array) {
  try {
    return await getDocumentProxy(bytes, { verbosity: 0 })
  } catch (error) {
    if (error instanceof Error && error.name === 'PasswordException')
      throw new Unreadable('The PDF is encrypted: it opens with a password only. Save a copy without one.')
    throw error
  }
}
