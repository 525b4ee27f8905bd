import { type Chain, chain as chainSchema } from './chain.ts'
import { type ChainGraph, chainGraph } from './graph.ts'
import type { Problem } from './problem.ts'
import { SINK_KINDS } from './sink.ts'
import { SOURCE_KINDS } from './source.ts'
import { STAGE_KEYS, STAGE_KINDS } from './stages.ts'
import { readYaml, schemaProblems, type YamlPath } from './yamlProblems.ts'

/** A chain file as read: what it says, what is wrong with it, and where. */
export interface ParsedChain {
  /** null where the document is not a chain at all; warnings and graph errors leave it readable. */
  readonly chain: Chain | null
  readonly graph: ChainGraph | null
  readonly problems: readonly Problem[]
}

/** Enough for every chain of a workspace: lists of chains and of workers read them all at each change of a file. */
const MOST_KEPT = 128
const kept = new Map<string, ParsedChain>()

/**
 * Reads YAML text into a chain. Never throws: whatever is wrong comes back as problems with their lines. Texts that were
 * read lately are not read again: the same text gives the same objects.
 */
export function parseChain(text: string): ParsedChain {
  const parsed = kept.get(text) ?? readChain(text)
  kept.delete(text)
  kept.set(text, parsed)
  const [oldest] = kept.keys()
  if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest)
  return parsed
}

function readChain(text: string): ParsedChain {
  const yaml = readYaml(text)
  if (yaml.problems.length > 0) return { chain: null, graph: null, problems: yaml.problems }
  const parsed = chainSchema.safeParse(yaml.value ?? {})
  if (!parsed.success) {
    const problems = schemaProblems(yaml, parsed.error, {
      keysAt: (path) => knownKeys(path, yaml.value),
      choices: STAGE_KINDS,
    })
    return { chain: null, graph: null, problems }
  }
  const graph = chainGraph(parsed.data)
  const problems = graph.problems.map(({ severity, path, offset, message }) => ({
    severity,
    path,
    message,
    ...yaml.place({ path, offset, onKey: offset === null && path.length <= 2 }),
  }))
  return { chain: parsed.data, graph, problems }
}

export function hasErrors(problems: readonly Problem[]): boolean {
  return problems.some((problem) => problem.severity === 'error')
}

const SOURCE_KEYS = [...SOURCE_KINDS, 'include', 'exclude', 'recursive', 'columns', 'path', 'sheet', 'pattern']
const SINK_KEYS = [...SINK_KINDS, 'name', 'body', 'separator', 'header', 'footer']

function knownKeys(path: YamlPath, document: unknown): readonly string[] {
  if (path.length === 0) return Object.keys(chainSchema.shape)
  if (path.at(-2) === 'stages') return keysOfKind(at(document, [...path, 'kind']))
  if (path.at(-1) === 'retry') return ['attempts', 'backoff']
  if (path.at(-1) === 'pack') return ['size', 'maxInputTokens', 'within', 'groupBy']
  if (path.at(-1) === 'correlate') return ['by', 'of', 'within']
  if (path.at(-2) === 'knowledge') return ['file', 'as']
  if (path[0] === 'source') return SOURCE_KEYS
  if (path[0] === 'sink') return SINK_KEYS
  return []
}

function keysOfKind(kind: unknown): readonly string[] {
  const known = STAGE_KINDS.find((name) => name === kind)
  return known === undefined ? [...new Set(Object.values(STAGE_KEYS).flat())] : STAGE_KEYS[known]
}

function at(document: unknown, path: YamlPath): unknown {
  return path.reduce<unknown>(
    (value, key) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined),
    document,
  )
}

/** Line and column of a path in a chain's text, for problems that are found later than by reading it. */
export function placeInText(
  text: string,
  path: YamlPath,
): { readonly line: number | null; readonly column: number | null } {
  return readYaml(text).place({ path })
}
