import type { Source } from '../../../shared/source.ts'
import { ITEM_FILE_ENDINGS, sourceOfFile } from '../../lib/sourceOfFile.ts'

/** The source that a chosen path means: a file of items by its ending, else a folder. */
export function sourceOf(path: string): Source {
  return sourceOfFile(path) ?? { folder: path }
}

/** `inputs/support_tickets` → `Support tickets` */
export function chainNameOf(path: string): string {
  const last =
    path
      .split(/[\\/]/)
      .filter((part) => part !== '' && part !== '.')
      .at(-1) ?? ''
  const ending = ITEM_FILE_ENDINGS.find((each) => last.toLowerCase().endsWith(each)) ?? ''
  const words = last
    .slice(0, last.length - ending.length)
    .replaceAll(/[_-]+/g, ' ')
    .trim()
  return words === '' ? 'New chain' : words.slice(0, 1).toUpperCase() + words.slice(1, 100)
}
