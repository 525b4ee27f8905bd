import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { type Chain, chain as chainSchema, STAGE_KINDS } from './chain.ts'
import { type ChainGraph, chainGraph, closest } from './graph.ts'
import type { Problem } from './problem.ts'

/** A chain file as read: what it says, what is wrong with it, and where. */
export interface ParsedChain {
  /** null where the document is not a chain at all; warnings and graph errors leave it readable. */
  readonly chain: Chain | null
  readonly graph: ChainGraph | null
  readonly problems: readonly Problem[]
}

type Path = readonly (string | number)[]

/** Reads YAML text into a chain. Never throws: whatever is wrong comes back as problems with their lines. */
export function parseChain(text: string): ParsedChain {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false })
  if (document.errors.length > 0) {
    const problems = document.errors.map((problem): Problem => {
      const { line, col } = lines.linePos(problem.pos[0])
      return { severity: 'error', path: [], line, column: col, message: `This is not valid YAML: ${problem.message}` }
    })
    return { chain: null, graph: null, problems }
  }
  const place = (path: Path, offset: number | null, onKey = false) => locate({ document, lines, path, offset, onKey })
  const parsed = chainSchema.safeParse(document.toJS() ?? {})
  if (!parsed.success) {
    const problems = parsed.error.issues.flatMap(flattenUnion).flatMap(describeIssue)
    return {
      chain: null,
      graph: null,
      problems: problems.map(({ path, message, onKey }) => ({ severity: 'error', path, message, ...place(path, null, onKey) })),
    }
  }
  const graph = chainGraph(parsed.data)
  const problems = graph.problems.map(({ severity, path, offset, message }) => ({
    severity,
    path,
    message,
    ...place(path, offset, offset === null && path.length <= 2),
  }))
  return { chain: parsed.data, graph, problems }
}

export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === 'error')
}

interface Described {
  readonly path: Path
  readonly message: string
  /** The place is the key itself, not its value. */
  readonly onKey: boolean
}

type Issue = z.core.$ZodIssue

/** Of a union, the branch that the author seems to have meant: the one with the fewest complaints. */
function flattenUnion(issue: Issue): Issue[] {
  if (issue.code !== 'invalid_union' || issue.errors.length === 0) return [issue]
  const [best] = [...issue.errors].sort((a, b) => a.length - b.length)
  return (best ?? []).map((inner) => ({ ...inner, path: [...issue.path, ...inner.path] }) as Issue).flatMap(flattenUnion)
}

function describeIssue(issue: Issue): Described[] {
  const path = issue.path.filter((step): step is string | number => typeof step !== 'symbol')
  const key = String(path.at(-1) ?? 'the document')
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((name) => {
      const known = knownKeys(path)
      const close = closest(name, known)
      const hint = close !== null ? `did you mean \`${close}\`?` : `known here: ${known.join(', ')}.`
      return { path: [...path, name], message: `Unknown key \`${name}\`; ${hint}`, onKey: true }
    })
  if (issue.code === 'invalid_union')
    return [{ path, message: `\`${key}\` must be one of: ${STAGE_KINDS.join(', ')}.`, onKey: false }]
  if (issue.code === 'invalid_type' && issue.message.includes('received undefined'))
    return [{ path: path.slice(0, -1), message: `\`${key}\` is missing.`, onKey: true }]
  return [{ path, message: `\`${key}\`: ${issue.message}`, onKey: false }]
}

const STAGE_KEYS = [
  'kind', 'note', 'when', 'after', 'timeout', 'retry', 'onError', 'tier', 'instructions', 'prompt', 'input', 'output',
  'maxTokens', 'temperature', 'parameters', 'repair', 'value',
]

function knownKeys(path: Path): readonly string[] {
  if (path.length === 0) return Object.keys(chainSchema.shape)
  if (path[0] === 'stages' && path.length === 2) return STAGE_KEYS
  if (path.at(-1) === 'retry') return ['attempts', 'backoff']
  if (path[0] === 'source') return ['folder', 'include', 'exclude', 'recursive', 'csv', 'columns', 'jsonl', 'text']
  if (path[0] === 'sink') return ['jsonl', 'csv']
  return []
}

interface Place {
  readonly document: Document
  readonly lines: LineCounter
  readonly path: Path
  readonly offset: number | null
  readonly onKey: boolean
}

/** Line and column of a path; where the path is not in the text, those of the nearest part that is. */
function locate({ document, lines, path, offset, onKey }: Place): { line: number | null; column: number | null } {
  for (let depth = path.length; depth >= 0; depth--) {
    const here = path.slice(0, depth)
    const node = onKey && depth > 0 ? keyNode(document, here) : depth === 0 ? document.contents : document.getIn(here, true)
    if (!isNode(node) || node.range == null) continue
    const start = node.range[0] + (depth === path.length && offset !== null && isScalar(node) ? scalarOffset(node, offset) : 0)
    const { line, col } = lines.linePos(start)
    return { line, column: col }
  }
  return { line: null, column: null }
}

function keyNode(document: Document, path: Path): unknown {
  const parent = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true)
  const name = path.at(-1)
  if (!isMap(parent)) return undefined
  return parent.items.find((pair) => isScalar(pair.key) && pair.key.value === name)?.key
}

/** From an offset in a string's value to one in its source text; exact for plain and quoted text without escapes. */
function scalarOffset(node: { type?: string; source?: string }, offset: number): number {
  return node.type === 'QUOTE_DOUBLE' || node.type === 'QUOTE_SINGLE' ? offset + 1 : node.type === 'PLAIN' ? offset : 0
}
