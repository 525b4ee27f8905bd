import { compile } from 'html-to-text'

/**
 * Documents that need parsing are read in worker threads, so that the event loop stays free. Called by Piscina with one
 * document; gives its readable text.
 */
export default function readHtml({ html }: { readonly html: string }): string {
  return toText(html).trim()
}

const toText = compile({
  wordwrap: false,
  limits: { maxInputLength: 20_000_000 },
  selectors: [
    { selector: 'a', options: { ignoreHref: true } },
    { selector: 'img', format: 'skip' },
    { selector: 'script', format: 'skip' },
    { selector: 'style', format: 'skip' },
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
