import { type Chain, chain as chainSchema } from './chain.ts'
import { STAGE_KINDS } from './stages.ts'
import { type ChainGraph, chainGraph } from './graph.ts'
import type { Problem } from './problem.ts'
import { readYaml, schemaProblems, type YamlPath } from './yamlProblems.ts'

/** A chain file as read: what it says, what is wrong with it, and where. */
export interface ParsedChain {
  /** null where the document is not a chain at all; warnings and graph errors leave it readable. */
  readonly chain: Chain | null
  readonly graph: ChainGraph | null
  readonly problems: readonly Problem[]
}

/** Reads YAML text into a chain. Never throws: whatever is wrong comes back as problems with their lines. */
export function parseChain(text: string): ParsedChain {
  const yaml = readYaml(text)
  if (yaml.problems.length > 0) return { chain: null, graph: null, problems: yaml.problems }
  const parsed = chainSchema.safeParse(yaml.value ?? {})
  if (!parsed.success) {
    const problems = schemaProblems(yaml, parsed.error, { keysAt: knownKeys, choices: STAGE_KINDS })
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

const STAGE_KEYS = [
  'kind',
  'note',
  'when',
  'after',
  'timeout',
  'retry',
  'onError',
  'tier',
  'instructions',
  'prompt',
  'input',
  'output',
  'maxTokens',
  'temperature',
  'parameters',
  'repair',
  'value',
]

function knownKeys(path: YamlPath): readonly string[] {
  if (path.length === 0) return Object.keys(chainSchema.shape)
  if (path[0] === 'stages' && path.length === 2) return STAGE_KEYS
  if (path.at(-1) === 'retry') return ['attempts', 'backoff']
  if (path[0] === 'source') return ['folder', 'include', 'exclude', 'recursive', 'csv', 'columns', 'jsonl', 'text']
  if (path[0] === 'sink') return ['jsonl', 'csv']
  return []
}

/** Line and column of a path in a chain's text, for problems that are found later than by reading it. */
export function placeInText(
  text: string,
  path: YamlPath,
): { readonly line: number | null; readonly column: number | null } {
  return readYaml(text).place({ path })
}
