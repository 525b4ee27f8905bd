import { STATUS_CODES } from 'node:http'
import pLimit from 'p-limit'
import type { ItemRead } from '../ports/source.ts'
import { decodeNamed } from './documents/htmlText.ts'
import { readInThread } from './documentThreads.ts'
import { itemFailure, loadGivenUp } from './itemFailure.ts'
import { PageRefused, PoliteWeb, type WebAnswer } from './politeWeb.ts'

const MAX_SECONDS = 30
/** Pages held in memory, or waited for, at the same time, however many items are in flight. */
const MAX_AT_ONCE = 32

/** Reads web pages as items. */
export class PageReader {
  readonly #web = new PoliteWeb()
  readonly #slots = pLimit(MAX_AT_ONCE)

  /** An answer other than 2xx, and a kind of content that is not read, is that page's failure. */
  read(url: string, signal: AbortSignal | undefined): Promise<ItemRead> {
    return this.#slots(() => this.#read(url, signal))
  }

  async #read(url: string, signal: AbortSignal | undefined): Promise<ItemRead> {
    try {
      const answer = await this.#web.get(url, signal)
      if (answer.status < 200 || answer.status > 299)
        return itemFailure(`The server answered ${answer.status}${reasonOf(answer.status)}.`)
      return await pageItem(url, answer, signal)
    } catch (error) {
      if (signal?.aborted === true) return loadGivenUp()
      if (!(error instanceof PageRefused)) throw error
      return itemFailure(error.message)
    }
  }
}

async function pageItem(url: string, answer: WebAnswer, signal: AbortSignal | undefined): Promise<ItemRead> {
  const [type = '', ...parameters] = answer.contentType.split(';').map((part) => part.trim().toLowerCase())
  const charset =
    /^charset="?([^"]+)"?$/.exec(parameters.find((part) => part.startsWith('charset=')) ?? '')?.[1] ?? null
  const item = (title: string, text: string): ItemRead =>
    text.trim() === ''
      ? itemFailure('The page holds no text that can be read without a browser.')
      : { ok: true, value: { url, status: answer.status, title, text, contentType: type } }
  if (type === 'text/html' || type === 'application/xhtml+xml' || type === 'application/pdf') {
    const { bytes } = answer
    const task =
      type === 'application/pdf' ? ({ kind: 'pdf', bytes } as const) : ({ kind: 'page', bytes, charset } as const)
    const read = await readInThread(task, { seconds: MAX_SECONDS, signal })
    if (signal?.aborted === true) return loadGivenUp()
    return read.ok ? item(String(read.more.title ?? ''), read.text) : itemFailure(read.message)
  }
  if (isTextType(type)) return item('', decodeNamed(answer.bytes, charset).replaceAll('\r\n', '\n'))
  return itemFailure(`The page is of the type ${type === '' ? 'unknown' : type}; web pages, PDFs and texts are read.`)
}

function isTextType(type: string): boolean {
  return type.startsWith('text/') || /^application\/(json|xml|yaml|x-yaml|x-ndjson|.+\+(json|xml|yaml))$/.test(type)
}

function reasonOf(status: number): string {
  const reason = STATUS_CODES[status]
  return reason === undefined ? '' : ` (${reason})`
}
