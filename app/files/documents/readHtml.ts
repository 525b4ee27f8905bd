import type { DocumentRead } from './documentTask.ts'
import { decodeHtml, htmlText, htmlTitle } from './htmlText.ts'

/** All of a page that is text. It was saved by somebody who chose it: nothing is taken for a side matter. */
export function readHtml(bytes: Uint8Array): DocumentRead {
  const html = decodeHtml(bytes, null)
  return { ok: true, text: htmlText(html).trim(), more: { title: htmlTitle(html) } }
}
