import { type Source, sourceKind } from '../../shared/source.ts'

/** Whether every item of a source has `item.text`: a file's text, a page's, a line. Rows and objects have names of their own. */
export function hasText(source: Source): boolean {
  return ['folder', 'watch', 'urls', 'lines', 'text'].includes(sourceKind(source))
}
