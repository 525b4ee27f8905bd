import { namedSourcesOf, type Source } from '../../../shared/source.ts'
import { ITEM_FILE_ENDINGS, sourceOfFile } from '../../lib/sourceOfFile.ts'

/** What a chosen path is as a source: a file of rows or lines by its ending, anything else a folder. */
export function sourceOfPath(path: string): Source {
  return sourceOfFile(path) ?? { folder: path }
}

export function isItemFile(name: string): boolean {
  return ITEM_FILE_ENDINGS.some((ending) => name.toLowerCase().endsWith(ending))
}

/** `inputs/tickets`, `companies.csv`, `3 texts`, `orders: o.csv, customers: c.tsv` */
export function sourceText(source: Source): string {
  const named = namedSourcesOf(source)
  if (named !== null)
    return Object.entries(named)
      .map(([name, one]) => `${name}: ${sourceText(one)}`)
      .join(', ')
  const [value] = Object.values(source) as readonly (string | readonly string[])[]
  if ('text' in source) return countOf(value, 'text')
  return typeof value === 'string' ? value : countOf(value, 'address')
}

function countOf(value: string | readonly string[] | undefined, word: 'text' | 'address'): string {
  const count = Array.isArray(value) ? value.length : 1
  return count === 1 ? `1 ${word}` : `${count} ${word === 'text' ? 'texts' : 'addresses'}`
}

/** Has no end of its own: a run over it goes on until it is told to finish. */
export function growsFor(source: Source): boolean {
  const named = namedSourcesOf(source)
  return named === null ? 'watch' in source : Object.values(named).some(growsFor)
}
