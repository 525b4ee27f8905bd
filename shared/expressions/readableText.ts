/** HTML as the text a reader sees, about: scripts and comments go, blocks become lines, entities characters. */
export function readableText(html: string): string {
  const parts: string[] = []
  let position = 0
  while (position < html.length) {
    const open = html.indexOf('<', position)
    if (open < 0) break
    parts.push(html.slice(position, open))
    position = behindTag(html, open, parts)
  }
  parts.push(html.slice(position))
  return tidy(decodeEntities(parts.join('')))
}

/** Offset behind the tag, comment or hidden element that begins at `open`. A `<` that begins none is text. */
function behindTag(html: string, open: number, parts: string[]): number {
  if (html.startsWith('<!--', open)) return behind(html, '-->', open)
  const tag = /^<[/!?]?([a-z][a-z0-9]*)?/i.exec(html.slice(open, open + 40))
  const name = tag?.[1]?.toLowerCase()
  if (name === undefined && !/^<[/!?]/.test(html.slice(open, open + 2))) {
    parts.push('<')
    return open + 1
  }
  if (name !== undefined && HIDDEN.has(name) && html[open + 1] !== '/') {
    const close = new RegExp(`</${name}`, 'gi')
    close.lastIndex = open
    const found = close.exec(html)
    return found === null ? html.length : behind(html, '>', found.index)
  }
  if (name !== undefined && BLOCKS.has(name)) parts.push('\n')
  else if (name === 'td' || name === 'th') parts.push(' ')
  return behind(html, '>', open)
}

function behind(html: string, end: string, from: number): number {
  const found = html.indexOf(end, from)
  return found < 0 ? html.length : found + end.length
}

const HIDDEN = new Set(['script', 'style', 'template', 'head', 'noscript'])
const BLOCKS = new Set(
  'p div br hr li ul ol dl dt dd h1 h2 h3 h4 h5 h6 tr table section article aside header footer nav main pre blockquote form'.split(
    ' ',
  ),
)

const NAMES =
  'amp lt gt quot apos nbsp hellip ndash mdash euro copy reg lsquo rsquo ldquo rdquo bull auml ouml uuml Auml Ouml Uuml szlig eacute egrave agrave ccedil'
const CHARACTERS = [...`&<>"' …–—€©®‘’“”•äöüÄÖÜßéèàç`]
const ENTITIES = new Map(NAMES.split(' ').map((name, index) => [name, CHARACTERS[index] ?? '']))

function decodeEntities(text: string): string {
  return text.replace(
    /&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]{2,8}));/gi,
    (whole: string, ...[decimal, hex, name]: unknown[]) => {
      if (typeof name === 'string') return ENTITIES.get(name) ?? whole
      const code = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16)
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole
    },
  )
}

function tidy(text: string): string {
  const lines = text.split(/\r\n|\r|\n/).map((line) => line.replace(/[^\S\n]+/g, ' ').trim())
  return lines
    .filter((line, index) => line !== '' || (lines[index - 1] ?? '') !== '')
    .join('\n')
    .trim()
}
