import { Readability } from '@mozilla/readability'
import { parseHTML } from 'linkedom/worker'
import type { DocumentRead } from './documentTask.ts'
import { decodeHtml, htmlText, htmlTitle } from './htmlText.ts'

/** Elements that a page may have for its article to be searched for. */
const MAX_ELEMENTS = 200_000
/** A shorter article is a mistake of the search rather than what a person reads there. */
const MIN_ARTICLE_LENGTH = 140

/** What a person reads on a web page: its article where one stands out, else all of it. */
export function readPage(bytes: Uint8Array, charset: string | null): DocumentRead {
  const html = decodeHtml(bytes, charset)
  const { document } = parseHTML(html)
  const article = new Readability(document, { maxElemsToParse: MAX_ELEMENTS }).parse()
  const articleText = htmlText(article?.content ?? '').trim()
  const text = articleText.length >= MIN_ARTICLE_LENGTH ? articleText : htmlText(html).trim()
  return { ok: true, text, more: { title: htmlTitle(html) || (article?.title ?? '') } }
}
