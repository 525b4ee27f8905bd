/**
 * A text that matches a simple pattern (literals, classes, groups, alternatives, counts); null where the pattern needs
 * more than that. Of every choice it takes the first, of every count the smallest.
 */
export function textForPattern(pattern: string): string | null {
  const reader = { rest: [...pattern.replace(/^\^/, '').replace(/\$$/, '')] }
  const text = readAlternatives(reader)
  return text !== null && reader.rest.length === 0 && matches(text, pattern) ? text : null
}

function matches(text: string, pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(text)
  } catch {
    // Not a pattern that JavaScript knows: nothing can be promised about it.
    return false
  }
}

interface Reader {
  readonly rest: string[]
}

function readAlternatives(reader: Reader): string | null {
  let first: string | null = null
  for (;;) {
    const one = readSequence(reader)
    if (one === null) return null
    first ??= one
    if (reader.rest[0] !== '|') return first
    reader.rest.shift()
  }
}

function readSequence(reader: Reader): string | null {
  let text = ''
  while (reader.rest.length > 0 && reader.rest[0] !== '|' && reader.rest[0] !== ')') {
    const atom = readAtom(reader)
    const count = readCount(reader)
    if (atom === null || count === null) return null
    text += atom.repeat(count)
  }
  return text
}

function readAtom(reader: Reader): string | null {
  const next = reader.rest.shift()
  if (next === '[') return readClass(reader)
  if (next === '\\') return escaped(reader.rest.shift())
  if (next === '.') return 'a'
  if (next !== '(') return next === undefined || '*+?{^$'.includes(next) ? null : next
  if (reader.rest[0] === '?') {
    if (reader.rest[1] !== ':') return null
    reader.rest.splice(0, 2)
  }
  const inside = readAlternatives(reader)
  return reader.rest.shift() === ')' ? inside : null
}

function readClass(reader: Reader): string | null {
  const members: string[] = []
  for (let next = reader.rest.shift(); next !== ']'; next = reader.rest.shift()) {
    if (next === undefined) return null
    members.push(next === '\\' ? (escaped(reader.rest.shift()) ?? '') : next)
  }
  if (members[0] !== '^') return members[0] ?? null
  const source = members.slice(1).join('')
  return [...'a0 A-_x'].find((candidate) => matches(candidate, `[^${source.replace(/[\]\\]/g, '\\$&')}]`)) ?? null
}

function escaped(letter: string | undefined): string | null {
  if (letter === undefined || /[bBpPkuxc0-9]/.test(letter)) return null
  return (
    ({ d: '0', w: 'a', s: ' ', D: 'a', W: ' ', S: 'a', n: '\n', t: '\t' } as Record<string, string>)[letter] ?? letter
  )
}

function readCount(reader: Reader): number | null {
  const next = reader.rest[0]
  let count = 1
  if (next === '*' || next === '?') count = 0
  if (next === '*' || next === '?' || next === '+') reader.rest.shift()
  if (next === '{') {
    const end = reader.rest.indexOf('}')
    const inside = reader.rest.splice(0, end + 1).join('')
    const least = /^\{(\d+)(?:,\d*)?\}$/.exec(inside)?.[1]
    if (end < 0 || least === undefined) return null
    count = Number(least)
  }
  if (reader.rest[0] === '?' && next !== undefined && '*?+{'.includes(next)) reader.rest.shift()
  return count
}
