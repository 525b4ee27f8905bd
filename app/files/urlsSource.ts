import { readFile } from 'node:fs/promises'
import type { UrlsSource } from '../../shared/source.ts'
import { type ItemSource, SourceBroken, type SourceEntry } from '../ports/source.ts'
import { decodeText } from './decodeText.ts'
import { PageReader } from './pageReader.ts'
import { sourceFile } from './sourceFile.ts'

/** A list of addresses is held in memory: they are the keys of the items. */
const MAX_LIST_BYTES = 20_000_000
const GROUP = 256

/**
 * Web pages as items `{url, status, title, text, contentType}`; the key of one is its address. `source.urls` is a list,
 * or a text file with one address a line (blank lines and those that begin with # are passed over). `keys`: the
 * addresses that an earlier part of the run saw.
 */
export async function openUrlsSource(
  source: UrlsSource,
  workspace: string,
  keys: readonly string[] | null,
): Promise<ItemSource> {
  const { label, addresses } =
    typeof source.urls === 'string'
      ? await readList(source.urls, workspace)
      : { label: 'addresses', addresses: source.urls }
  const urls = keys ?? addresses
  const pages = new PageReader()
  return {
    label,
    grows: false,
    count: () => Promise.resolve(urls.length),
    keys: () => Promise.resolve(urls),
    async *entries(from, signal) {
      for (let index = from; index < urls.length && !signal.aborted; index += GROUP)
        yield await Promise.resolve(
          urls.slice(index, index + GROUP).map(
            (url, offset): SourceEntry => ({
              index: index + offset,
              key: url,
              source: null,
              bytes: null,
              load: (giveUp) => pages.read(url, giveUp),
            }),
          ),
        )
    },
    finish: () => undefined,
    close: () => Promise.resolve(),
  }
}

async function readList(path: string, workspace: string) {
  const { file, label, bytes, broken } = await sourceFile(path, workspace)
  if (bytes > MAX_LIST_BYTES)
    throw new SourceBroken(
      `The source ${path} is larger than ${MAX_LIST_BYTES / 1e6} MB: cut the list of addresses in parts.`,
    )
  const text = await readFile(file).then(decodeText, (error: unknown) => {
    throw broken(error)
  })
  const lines = text.split(/\r?\n/).map((line) => line.trim())
  return { label, addresses: lines.filter((line) => line !== '' && !line.startsWith('#')) }
}
