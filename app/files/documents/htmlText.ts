import { compile } from 'html-to-text'
import { decodeText, markedEncoding } from '../decodeText.ts'

/** The readable text of a web page's markup: headings, paragraphs, lists and tables as lines. */
export const htmlText: (html: string) => string = compile({
  wordwrap: false,
  limits: { maxInputLength: 50_000_000 },
  selectors: [
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'img', format: 'skip' },
    { selector: 'script', format: 'skip' },
    { selector: 'style', format: 'skip' },
    { selector: 'title', format: 'skip' },
    { selector: 'nav', format: 'skip' },
    { selector: 'h1', options: { uppercase: false } },
    { selector: 'h2', options: { uppercase: false } },
    { selector: 'h3', options: { uppercase: false } },
    { selector: 'h4', options: { uppercase: false } },
    { selector: 'h5', options: { uppercase: false } },
    { selector: 'h6', options: { uppercase: false } },
    { selector: 'table', format: 'dataTable', options: { uppercaseHeaderCells: false } },
  ],
})

/** '' where the page has none. */
export function htmlTitle(html: string): string {
  const [, title = ''] = /<title[^>]{0,1000}>([^<]{0,10000})/i.exec(html) ?? []
  return htmlText(title).replace(/\s+/g, ' ').trim()
}

/** `charset`: what came with the page. A byte order mark outweighs it; without both the page is asked itself. */
export function decodeHtml(bytes: Uint8Array, charset: string | null): string {
  if (markedEncoding(bytes) !== null) return decodeText(bytes)
  const start = Buffer.from(bytes.subarray(0, 2048)).toString('latin1')
  const named = charset ?? /<meta[^>]{0,200}charset\s*=\s*["']?\s*([\w-]+)/i.exec(start)?.[1] ?? null
  return decodeNamed(bytes, named)
}

/** Text in an encoding that somebody has named; where nobody knows that name, or null, it is found out. */
export function decodeNamed(bytes: Uint8Array, charset: string | null): string {
  if (charset === null) return decodeText(bytes)
  try {
    return new TextDecoder(charset).decode(bytes)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    return decodeText(bytes)
  }
}
