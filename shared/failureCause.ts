import { assertNever } from './assertNever.ts'
import type { FailureKind } from './failure.ts'
import { failureKindText } from './failureText.ts'
import { formatCount } from './format.ts'

/** As an item's error has it. `stage` null: before any stage, or in the chain's `output`. */
export interface FailedWith {
  readonly stage: string | null
  readonly kind: FailureKind
  readonly message: string
}

/** Of a message, as much as tells its cause. */
const MOST_READ = 600
const MOST_LENGTH = 200
const MOST_TITLE = 80

/**
 * Names the cause of a failure: the same text for all that failed for the same reason, whatever numbers, ids, values,
 * files and addresses their messages hold. Stage, kind, and what tells causes of one kind apart: a schema's path and
 * rule, an expression with its fault, a class of HTTP status, a network code, a cut answer or a long question.
 * At most 200 characters; stays the same from version to version as far as messages do.
 */
export function causeOf({ stage, kind, message }: FailedWith): string {
  const { inner, own } = withoutPlace(message)
  const text = [[stage ?? '-', ...inner].join('>'), kind, signatureOf(kind, own)].join(' ').trimEnd()
  return text.length <= MOST_LENGTH ? text : `${text.slice(0, MOST_LENGTH - 9)}… ${fingerprint(text)}`
}

/** The cause in a few words, with the numbers of this one: `Answer cut off at 1,024 tokens`. */
export function causeTitle({ kind, message }: Omit<FailedWith, 'stage'>): string {
  return shorten(titleOf(kind, withoutPlace(message).own))
}

/** Said of a `too_long`: the answer was cut off; the question may have fitted. */
export function isAnswerCut(message: string): boolean {
  return /\bcut off\b/.test(message)
}

/** What a map or a used chain puts before the message of what failed inside it, and the stages that it names. */
function withoutPlace(message: string): { readonly inner: readonly string[]; readonly own: string } {
  const inner: string[] = []
  let own = message.slice(0, MOST_READ)
  for (;;) {
    const place = /^(?:Element \d+(?:, stage (\w+))?|Stage (\w+)|The output of [^:]{1,80}): /.exec(own)
    if (place === null) return { inner, own }
    inner.push(place[1] ?? place[2] ?? 'output')
    own = own.slice(place[0].length)
  }
}

function signatureOf(kind: FailureKind, message: string): string {
  switch (kind) {
    case 'invalid_input':
    case 'invalid_output': {
      const problem = schemaProblem(message)
      return problem === null ? sharedCall(message) : `${problem.place} ${problem.rule}`
    }
    case 'too_long':
      return TOO_LONG[tooLongCase(message)].signature
    case 'refused':
      return REFUSED[refusedCase(message)].signature
    case 'provider':
      return normalise(withoutServerWords(message))
    case 'auth':
      return normalise(message.replace(/(\(40[13]\)).*$/s, '$1'))
    case 'expression':
      return expressionFault(message)
    case 'source':
      return normalise(message.replace(/( is not valid JSON):.*$/s, '$1'))
    case 'internal':
      return normalise(message)
    case 'rate_limited':
    case 'timeout':
    case 'budget':
    case 'cancelled':
      return ''
    default:
      return assertNever(kind)
  }
}

function titleOf(kind: FailureKind, message: string): string {
  switch (kind) {
    case 'invalid_input':
    case 'invalid_output':
      return schemaTitle(kind, message)
    case 'too_long': {
      const found = TOO_LONG[tooLongCase(message)]
      const limit = /(?:cut off (?:at|after)|longer than) (\d+) /.exec(message)?.[1]
      return limit === undefined ? found.title : `${found.title} ${found.limit(formatCount(Number(limit)))}`
    }
    case 'refused':
      return REFUSED[refusedCase(message)].title
    case 'provider':
      return providerTitle(message)
    case 'expression':
      return firstSentence(message)
        .replace(/ in [\w.]+(?= (?:found nothing|cannot be told))/, '')
        .replace(/ cannot be worked out.*$/s, ' cannot be worked out')
    case 'source':
      return firstSentence(message)
        .replace(/^Line \d+\b/, 'A line')
        .replace(/^(Element|The record at line) \d+\b/, (_, what) => (what === 'Element' ? 'An element' : 'A record'))
        .replace(/( is not valid JSON):.*$/s, '$1')
    case 'timeout':
      return firstSentence(message) || failureKindText(kind).title
    case 'rate_limited':
    case 'auth':
    case 'budget':
    case 'cancelled':
    case 'internal':
      return failureKindText(kind).title
    default:
      return assertNever(kind)
  }
}

interface SchemaProblem {
  /** `lines.#.date`; `the answer`, `the input`: the whole of it. */
  readonly place: string
  readonly rule: string
  /** The field that is missing; null: something else is wrong. */
  readonly missing: string | null
  readonly whole: string
}

/** The first thing that is wrong, by the schema's order: others may follow from it. null: no schema was held against it. */
function schemaProblem(message: string): SchemaProblem | null {
  const found = /^(?:The answer does not fit the output schema|The input does not fit the stage's inputSchema): (.*)$/s
  const problems = found.exec(message)?.[1]
  return problems === undefined ? null : readProblem(problems)
}

function readProblem(problems: string): SchemaProblem {
  const whole = (/^(?:"(?:[^"\\]|\\.)*"|'[^']*'|;(?! )|[^;"'])*/.exec(problems)?.[0] ?? problems).replace(/\.$/, '')
  const [, path = whole, rest = ''] = /^(.*?) (must .*)$/s.exec(whole) ?? []
  const place = path
    .split('.')
    .map((name) => (/^\d+$/.test(name) || (name.length >= 8 && /\d/.test(name)) ? '#' : name))
    .join('.')
  const missing = /^must have required property '(.*)'$/s.exec(rest)?.[1] ?? null
  return { place, rule: missing === null ? normalise(rest) : `lacks ${missing}`, missing, whole }
}

/** Of an answer in a call that many shared; any other message as it is. */
function sharedCall(message: string): string {
  const [, what, problems] = /^(The shared call [^:]*): (.*)$/s.exec(message) ?? []
  if (what === undefined || problems === undefined) return normalise(message)
  if (!what.endsWith('does not fit')) return what
  const { place, rule } = readProblem(problems)
  return `${what}: ${place} ${rule}`
}

function schemaTitle(kind: 'invalid_input' | 'invalid_output', message: string): string {
  const what = kind === 'invalid_output' ? 'answer' : 'input'
  const What = kind === 'invalid_output' ? 'Answer' : 'Input'
  const problem = schemaProblem(message)
  if (problem === null) return firstSentence(message)
  if (problem.whole === 'there is no JSON in the answer') return 'No JSON in the answer'
  const isWhole = problem.place === `the ${what}`
  if (problem.missing !== null) return `${What} lacks \`${isWhole ? '' : `${problem.place}.`}${problem.missing}\``
  if (isWhole) return problem.whole.replace(/^the \w+/, What)
  const said = problem.whole.slice(problem.whole.indexOf(' must ') + 1)
  return `${What}: \`${problem.place}\` ${said}`
}

const TOO_LONG = {
  answer: { signature: 'answer cut off', title: 'Answer cut off', limit: (most: string) => `at ${most} tokens` },
  context: {
    signature: 'answer cut off by the context',
    title: "Answer cut off by the model's context",
    limit: (most: string) => `after ${most} tokens`,
  },
  fetched: { signature: 'fetched too much', title: 'Answer longer than', limit: (most: string) => `${most} bytes` },
  room: { signature: 'no room for the input', title: 'The prompt leaves no room for the input', limit: () => '' },
  parts: { signature: 'too long in parts', title: 'Too long even in parts', limit: () => '' },
  question: { signature: 'question too long', title: 'Question too long', limit: () => '' },
} as const

function tooLongCase(message: string): keyof typeof TOO_LONG {
  if (isAnswerCut(message)) return message.includes("by the end of the model's context") ? 'context' : 'answer'
  if (/^The answer is longer than \d+ bytes/.test(message)) return 'fetched'
  if (message.includes('leaves no room')) return 'room'
  return /in \d+ parts|answers to its parts/.test(message) ? 'parts' : 'question'
}

const REFUSED = {
  filtered: { signature: 'content filter', title: "Stopped by the provider's filter" },
  unable: { signature: 'cannot answer', title: 'The model says that it cannot answer' },
  /** In its own words, each time others. */
  declined: { signature: 'declined', title: 'Refused by the model' },
} as const

function refusedCase(message: string): keyof typeof REFUSED {
  if (/content filter|refused the content/.test(message)) return 'filtered'
  return message.startsWith('The model says that it cannot answer') ? 'unable' : 'declined'
}

/** What a server says of its own trouble is a page or a request's id; what it says of a request is the cause. */
function withoutServerWords(message: string): string {
  const wait = / It asks to wait \d+ minutes\.$/.exec(message)?.[0] ?? ''
  const head = /^.* answered \d{3}(?=[:.])/.exec(message)?.[0]
  return head === undefined ? message : `${head.replace(/^.* answered/, 'answered')}${wait}`
}

function providerTitle(message: string): string {
  const status = / answered (\d)\d\d(?=[:.])/.exec(message)?.[1]
  if (status !== undefined) return `Server error (${status}xx)`
  const [, head = '', said] = /^(.*?) \([45]\d\d\)(?:: (.*))?$/s.exec(message) ?? []
  if (head.endsWith('has no credit left')) return 'No credit left at the provider'
  if (head.endsWith('knows no such model or address')) return 'No such model or address'
  if (head.endsWith('cannot see images')) return 'The model cannot see images'
  return head !== '' && said !== undefined ? `Request refused: ${firstSentence(said)}` : firstSentence(message)
}

/** The expression and its fault, without the data that it saw. */
function expressionFault(message: string): string {
  const told = /^.*?(?: found nothing| cannot be told)(?=\.)/s.exec(message)?.[0]
  if (told !== undefined) return told
  const [, needs, found] = /^(.* needs a list, and .* is )(.*)$/s.exec(message) ?? []
  if (needs !== undefined && found !== undefined) return `${needs}${normalise(found.replace(/ with .*$/s, ''))}`
  const [, expression = '', fault = message] =
    /^(.*? cannot be worked out(?: at .*? \(character \d+\))?): (.*)$/s.exec(message) ?? []
  return `${expression} ${normalise(fault.replace(/ It saw .*$/s, ''))}`.trim()
}

/** Without what differs from item to item. */
function normalise(text: string): string {
  return (
    text
      .replace(/\S{80,}/g, '…')
      .replace(/\((\d)\d\d\)|\banswered (\d)\d\d\b/g, (_, inside?: string, said?: string) =>
        inside === undefined ? `answered ${said}xx` : `(${inside}xx)`,
      )
      .replace(/`([^`]*)`/g, (_, quoted: string) => (/^[A-Za-z_.]+$/.test(quoted) ? quoted : '…'))
      .replace(/"(?:[^"\\]|\\.)*(?:"|$)|“[^”]*(?:”|$)|‘[^’]*’|(?<!\w)'[^']*'(?!\w)/g, '…')
      // An image is named bare, and its name may hold spaces.
      .replace(/^(There is no image|The image) .*?(?=: it was looked| cannot be| leads out| has \d)/, '$1 …')
      .replace(/^.*(?= is no PNG, JPEG)/, '…')
      .replace(/\bit was looked for in .*$/, 'it was looked for in …')
      // Addresses, mail addresses, paths, files and hosts.
      .replace(/\S*(?:\/\/|@|[\\/])\S+|\b[\w-]+(?:\.[\w-]+)+(?::\d+)?/g, '…')
      .replace(/(?![1-5]xx\b)[\p{L}\p{N}_:-]*\p{N}[\p{L}\p{N}_:.,%-]*|\b(?![A-Z_]+\b)[\w-]{24,}/gu, '…')
      .replace(/…(?:[\s,;:]*(?:and |or )?…)+/g, '…')
      .replace(/\s+/g, ' ')
      .replace(/[\s.…]+$/, '')
      .trim()
  )
}

/** Up to the end of the sentence, without its stop. */
function firstSentence(text: string): string {
  return text.split(/(?<=[^.]{4})\.(?=\s+[A-Z`'"]|\s*$)/, 1)[0]?.trim() ?? ''
}

function shorten(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > MOST_TITLE ? `${line.slice(0, MOST_TITLE - 1).trimEnd()}…` : line
}

/** FNV-1a: tells long texts apart that begin alike. */
function fingerprint(text: string): string {
  let hash = 0x811c9dc5
  for (let index = 0; index < text.length; index++) hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  return (hash >>> 0).toString(36).padStart(7, '0')
}
