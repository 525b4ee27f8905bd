import type { DocumentRead } from './documentTask.ts'
import { decodeHtml, htmlText } from './htmlText.ts'

export function readHtml(bytes: Uint8Array): DocumentRead {
  return { ok: true, text: htmlText(decodeHtml(bytes, null)).trim(), more: {} }
}
