/**
 * Where the sections of a text end: each begins with its heading, and what stands before the first heading is a section
 * of its own. Headings are those of Markdown (`# …`, or underlined with `===` or `---`), and short lines behind a blank
 * one that begin with a number (`2.1 Methods`) or a word such as Chapter. UTF-16 offsets, the last is the text's length.
 */
export function sectionEnds(text: string): readonly number[] {
  const ends: number[] = []
  let hasText = false
  let fence: string | null = null
  for (const line of linesOf(text)) {
    fence = fenceBehind(line, fence)
    if (fence === null && isHeading(text, line)) {
      // Blank lines at the top belong to the first section.
      if (hasText) ends.push(line.start)
      hasText = true
    }
    hasText ||= line.head.trim() !== ''
  }
  if (text.length > 0) ends.push(text.length)
  return ends
}

interface Line {
  readonly start: number
  /** Offset behind its line end. */
  readonly end: number
  /** Its beginning: all that is looked at, however long the line is. */
  readonly head: string
  /** Beginning of the line before; null: it is the first line. */
  readonly before: string | null
}

const HEAD = 200

function* linesOf(text: string): Generator<Line, void, undefined> {
  let before: string | null = null
  for (let start = 0; start < text.length; ) {
    const feed = text.indexOf('\n', start)
    const end = feed < 0 ? text.length : feed + 1
    const head = headOf(text, start)
    yield { start, end, head, before }
    before = head
    start = end
  }
}

function headOf(text: string, start: number): string {
  const line = /^[^\r\n]*/.exec(text.slice(start, start + HEAD))
  return line?.[0] ?? ''
}

/** Inside ``` or ~~~ nothing is a heading: `# comment` is code there. */
function fenceBehind({ head }: Line, open: string | null): string | null {
  const mark = /^ {0,3}(`{3,}|~{3,})/.exec(head)?.[1]
  if (mark === undefined) return open
  if (open === null) return mark
  return mark[0] === open[0] && mark.length >= open.length ? null : open
}

function isHeading(text: string, line: Line): boolean {
  if (/^ {0,3}#{1,6}(\s+\S|\s*$)/.test(line.head)) return true
  const isBehindBlank = line.before === null || line.before.trim() === ''
  if (!isBehindBlank || line.head.trim() === '' || line.head.length >= HEAD) return false
  const next = headOf(text, line.end)
  if (/^ {0,3}(={2,}|-{2,})\s*$/.test(next) && !/^\s*([-*+>|]|\d+[.)])/.test(line.head)) return true
  return looksNumbered(line.head) && !NUMBERED.test(next)
}

const NUMBERED = /^\s*\(?(\d{1,3}|[a-z])[.)]\s/i

/** Two numbered lines in a row are a list, and a line that ends like a sentence is one. */
function looksNumbered(head: string): boolean {
  const line = head.trim()
  if (line.length > 100 || /[.,;:!?]$/.test(line)) return false
  return (
    (/^(\d{1,3}(\.\d{1,3}){0,5}|[IVXLC]{1,6}|[A-Z])\.?\)?\s+\p{Lu}/u.test(line) && !/^[A-Z]\s/.test(line)) ||
    /^(chapter|part|section|article|appendix|annex|kapitel|chapitre|§)\s*(\d+|[IVXLC]+|[A-Z])\b/i.test(line)
  )
}
