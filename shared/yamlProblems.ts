import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { closest } from './closest.ts'
import type { Problem } from './problem.ts'

/** Where in a document: keys and indexes from its root. */
export type YamlPath = readonly (string | number)[]

/** A YAML text as read, and where in it things stand. */
export interface YamlText {
  /** What the text says; undefined where it is not valid YAML. */
  readonly value: unknown
  /** Why it is not valid YAML; empty where it is. */
  readonly problems: readonly Problem[]
  place(place: YamlPlace): { readonly line: number | null; readonly column: number | null }
}

export interface YamlPlace {
  readonly path: YamlPath
  /** Within the string at the path. */
  readonly offset?: number | null
  /** The place is the key itself, not its value. */
  readonly onKey?: boolean
}

/** Never throws. */
export function readYaml(text: string): YamlText {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  const place = (place: YamlPlace) => locate(document, lines, place)
  const problems = document.errors.map((problem): Problem => {
    const { line, col } = lines.linePos(problem.pos[0])
    return { severity: 'error', path: [], line, column: col, message: `This is not valid YAML: ${problem.message}` }
  })
  if (problems.length > 0) return { value: undefined, problems, place }
  try {
    return { value: document.toJS(), problems, place }
  } catch (error) {
    // An alias to nothing, or aliases that multiply, show only now.
    const why = error instanceof Error ? error.message : String(error)
    const message = `This is not valid YAML: ${why}`
    return { value: undefined, problems: [{ severity: 'error', path: [], ...place({ path: [] }), message }], place }
  }
}

/** What a document may hold, for the hints in its problems. */
export interface Vocabulary {
  keysAt(path: YamlPath): readonly string[]
  /** What the discriminator of its unions may be. */
  readonly choices: readonly string[]
}

/** What zod found, as problems with their lines, and unknown keys with the nearest known one. */
export function schemaProblems(yaml: YamlText, error: z.core.$ZodError, vocabulary: Vocabulary): readonly Problem[] {
  return error.issues
    .flatMap(flattenUnion)
    .flatMap((issue) => describeIssue(issue, vocabulary))
    .map(({ path, message, onKey }) => ({ severity: 'error', path, message, ...yaml.place({ path, onKey }) }))
}

interface Described {
  readonly path: YamlPath
  readonly message: string
  readonly onKey: boolean
}

type Issue = z.core.$ZodIssue

/** Of a union, the branch that the author seems to have meant: of the right type, then the one with the fewest complaints. */
function flattenUnion(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue]
  const isOtherType = (issues: readonly Issue[]) =>
    issues.some(({ code, path }) => path.length === 0 && (code === 'invalid_type' || code === 'invalid_value'))
  const [best] = [...issue.errors].sort(
    (a, b) => Number(isOtherType(a)) - Number(isOtherType(b)) || a.length - b.length,
  )
  return (best ?? [])
    .map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }) as Issue)
    .flatMap(flattenUnion)
}

function describeIssue(issue: Issue, { keysAt, choices }: Vocabulary): Described[] {
  const path = issue.path.filter((step): step is string | number => typeof step !== 'symbol')
  const key = String(path.at(-1) ?? 'the document')
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((name) => {
      const known = keysAt(path)
      const close = closest(name, known)
      const hint = close !== null ? `did you mean \`${close}\`?` : `known here: ${known.join(', ')}.`
      return { path: [...path, name], message: `Unknown key \`${name}\`; ${hint}`, onKey: true }
    })
  if (issue.code === 'invalid_union')
    return [{ path, message: `\`${key}\` must be one of: ${choices.join(', ')}.`, onKey: false }]
  if (issue.code === 'invalid_type' && issue.message.includes('received undefined'))
    return [{ path: path.slice(0, -1), message: `\`${key}\` is missing.`, onKey: true }]
  return [{ path, message: `\`${key}\`: ${issue.message}`, onKey: false }]
}

/** Line and column of a path; where the path is not in the text, those of the nearest part that is. */
function locate(document: Document, lines: LineCounter, { path, offset = null, onKey = false }: YamlPlace) {
  for (let depth = path.length; depth >= 0; depth--) {
    const here = path.slice(0, depth)
    const node =
      onKey && depth > 0 ? keyNode(document, here) : depth === 0 ? document.contents : document.getIn(here, true)
    if (!isNode(node) || node.range == null) continue
    const start =
      node.range[0] + (depth === path.length && offset !== null && isScalar(node) ? scalarOffset(node, offset) : 0)
    const { line, col } = lines.linePos(start)
    return { line, column: col }
  }
  return { line: null, column: null }
}

function keyNode(document: Document, path: YamlPath): unknown {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true)
  const name = path.at(-1)
  if (!isMap(parent)) return undefined
  return parent.items.find((pair) => isScalar(pair.key) && pair.key.value === name)?.key
}

/** From an offset in a string's value to one in its source text; exact for plain and quoted text without escapes. */
function scalarOffset(node: { type?: string; source?: string }, offset: number): number {
  return node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE' ? offset + 1 : node.type === 'PLAIN' ? offset : 0
}
