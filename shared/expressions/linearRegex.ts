import { RE2JS } from 're2js'
import { ExpressionFault } from './expressionFault.ts'

/**
 * Regular expressions whose time grows with the length of the text only. JavaScript's own may take for ever on a text of
 * fifty characters, and nothing can stop them; and every text of an item is a stranger's.
 * Gives the constructor for one evaluation: all its matching together may take `limitMs`.
 */
export function linearRegexEngine(limitMs: number): RegExpConstructor {
  const deadline = Date.now() + limitMs
  // JSONata constructs it with `new` and calls `exec`, and that is all it does with it.
  return function engine(pattern: RegExp) {
    return new LinearRegex(pattern, deadline)
  } as unknown as RegExpConstructor
}

class LinearRegex {
  lastIndex = 0
  readonly #pattern: RE2JS
  readonly #deadline: number
  #text: string | null = null
  #matcher: ReturnType<RE2JS['matcher']> | null = null

  constructor(pattern: RegExp, deadline: number) {
    this.#pattern = compiled(pattern)
    this.#deadline = deadline
  }

  exec(text: string): Match | null {
    // JSONata looks at its own clock between steps, and finding all matches of one text is a single step.
    if (Date.now() > this.#deadline) throw new ExpressionFault('Its regular expression took too long on this text.')
    if (this.#matcher === null || this.#text !== text) {
      this.#matcher = this.#pattern.matcher(text)
      this.#text = text
    }
    const matcher = this.#matcher
    if (this.lastIndex > text.length || !matcher.find(this.lastIndex)) {
      this.lastIndex = 0
      return null
    }
    this.lastIndex = matcher.end()
    const groups = Array.from({ length: matcher.groupCount() + 1 }, (_, group) => matcher.group(group) ?? undefined)
    return Object.assign(groups, { index: matcher.start() })
  }
}

type Match = (string | undefined)[] & { readonly index: number }

/** What is wrong with a regular expression here, although JavaScript can read it; null: nothing. */
export function regexProblem(pattern: RegExp): string | null {
  try {
    compiled(pattern)
    return null
  } catch (error) {
    if (error instanceof ExpressionFault) return error.message
    throw error
  }
}

const known = new WeakMap<RegExp, RE2JS>()

function compiled(pattern: RegExp): RE2JS {
  const before = known.get(pattern)
  if (before !== undefined) return before
  try {
    const made = RE2JS.compile(RE2JS.translateRegExp(pattern), RE2JS.LOOKBEHINDS)
    known.set(pattern, made)
    return made
  } catch (error) {
    throw new ExpressionFault(
      `The regular expression /${pattern.source}/ uses what expressions leave out, for it could run for ever: ` +
        `lookahead \`(?=…)\` \`(?!…)\`, back-references \`\\1\` and counts above 1000 (${detail(error)}).`,
    )
  }
}

function detail(error: unknown): string {
  return error instanceof Error ? error.message.replace(/^error parsing regexp: /, '') : String(error)
}
