/**
 * Where one character as people see it ends and the next begins: an emoji of several code points, a letter with its
 * accents and CR LF are one. Offsets are UTF-16, ascending; the last is the text's length.
 */
export function graphemeEnds(text: string): Uint32Array {
  const ends = new Uint32Array(text.length)
  let count = 0
  let position = 0
  while (position < text.length) {
    if (breaksSurely(text, position + 1)) {
      position += 1
      ends[count++] = position
      continue
    }
    const end = endOfRun(text, position)
    for (const { index, segment } of SEGMENTER.segment(text.slice(position, end)))
      ends[count++] = position + index + segment.length
    position = end
  }
  return ends.subarray(0, count)
}

const SEGMENTER = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** The segmenter is slow to start and slow on: it gets a piece of about so many units where the plain rule cannot cut. */
const RUN = 64

function endOfRun(text: string, start: number): number {
  let end = Math.min(start + RUN, text.length)
  while (!breaksSurely(text, end)) end += 1
  return end
}

/** True: two characters meet here for certain. False: only the segmenter can tell. */
function breaksSurely(text: string, at: number): boolean {
  if (at <= 0 || at >= text.length) return true
  const before = text.charCodeAt(at - 1)
  const after = text.charCodeAt(at)
  if (before === 13 && after === 10) return false
  return standsAlone(before) && standsAlone(after)
}

/** Units that never join with another of these: no marks, no joiners, no halves of a pair, no parts of syllables. */
function standsAlone(unit: number): boolean {
  if (unit < 0x300) return true
  return (
    (unit >= 0x4e00 && unit <= 0x9fff) ||
    (unit >= 0xac00 && unit <= 0xd7a3) ||
    (unit >= 0x3041 && unit <= 0x3096) ||
    (unit >= 0x30a1 && unit <= 0x30fa) ||
    (unit >= 0x0370 && unit <= 0x0482) ||
    (unit >= 0x048a && unit <= 0x052f) ||
    (unit >= 0x2010 && unit <= 0x2027) ||
    (unit >= 0x3001 && unit <= 0x3029) ||
    (unit >= 0xff01 && unit <= 0xff5e)
  )
}
