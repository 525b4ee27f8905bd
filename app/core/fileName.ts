/** Characters that one of the systems people use does not allow in names. */
const FORBIDDEN = /[<>:"|?*\\\p{Cc}]/gu
const MAX_SEGMENT = 180

/**
 * The path of an item's file within a sink's folder, with `/`: the one asked for, else the item's key with another
 * ending, so that the tree of the source is found again. Whatever is asked for, it stays in the folder and can be written.
 */
export function fileNameFor(asked: string | null, { key, ending }: { key: string; ending: string }): string {
  const name = asked === null || asked.trim() === '' ? key.replace(/[.][^./]{1,10}$/, '') + ending : asked
  const segments = name
    .replaceAll('\\', '/')
    .split('/')
    .map((segment) => cleanSegment(segment))
    .filter((segment) => segment !== '')
  return segments.length === 0 ? `_${ending}` : segments.join('/')
}

function cleanSegment(segment: string): string {
  const clean = segment.replace(FORBIDDEN, '-').trim()
  // `.` and `..` lead elsewhere; Windows drops dots and blanks at the end of a name.
  const kept = clean.replace(/[. ]+$/, '')
  if (kept === '') return clean === '' ? '' : '_'
  if (kept.length <= MAX_SEGMENT) return kept
  const dot = kept.lastIndexOf('.')
  const ending = dot > kept.length - 12 && dot > 0 ? kept.slice(dot) : ''
  return kept.slice(0, MAX_SEGMENT - ending.length) + ending
}
