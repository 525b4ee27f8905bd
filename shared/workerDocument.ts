import type { Problem } from './problem.ts'
import type { Knowledge } from './stages.ts'
import { type Worker, type WorkerFile, workerFile } from './worker.ts'
import { WORKER_KEYS, workerKeyProblems } from './workerKeys.ts'
import { readYaml, schemaProblems, type YamlPath } from './yamlProblems.ts'

/** A worker file as read: what it says, what is wrong with it, and where. */
export interface ParsedWorker {
  /** null where the file cannot be used; warnings leave it usable. */
  readonly worker: Worker | null
  readonly problems: readonly Problem[]
}

/** Reads the text of a worker file. Never throws: whatever is wrong comes back as problems with their lines. */
export function parseWorker(text: string): ParsedWorker {
  const yaml = readYaml(text)
  if (yaml.problems.length > 0) return { worker: null, problems: yaml.problems }
  const value = yaml.value ?? {}
  const keyProblems = isRecord(value) ? workerKeyProblems(value) : []
  const found = keyProblems.map(({ severity, path, message, onKey }): Problem => {
    return { severity, path, message, ...yaml.place({ path, onKey }) }
  })
  const parsed = workerFile.safeParse(value)
  if (!parsed.success) {
    // What a key's own problem says better. A processor has no system prompt.
    const named = new Set(found.map(({ path }) => path.join('.')))
    const isProcessor = isRecord(value) && value.worker_kind === 'processor'
    const problems = schemaProblems(yaml, parsed.error, { keysAt: () => WORKER_KEYS, choices: [] })
    const others = problems.filter(
      ({ path, message }) => !named.has(path.join('.')) && !(isProcessor && message.startsWith('`system_prompt`')),
    )
    return { worker: null, problems: byLine([...found, ...others]) }
  }
  const hasErrors = found.some(({ severity }) => severity === 'error')
  return { worker: hasErrors ? null : toWorker(parsed.data), problems: byLine(found) }
}

function toWorker(file: WorkerFile): Worker {
  const knowledge = [
    ...(file.knowledge_sources ?? []).map(knowledgeOfSource),
    ...(file.knowledge_silos ?? []).map(knowledgeOfSilo),
  ]
  return withoutUndefined({
    name: file.name,
    description: file.description,
    tier: file.default_model_tier ?? file.default_tier,
    instructions: verbatim(file.system_prompt),
    prompt: file.prompt,
    inputSchema: file.input_schema,
    output: file.output_schema,
    maxTokens: file.max_output_tokens,
    maxInputTokens: file.max_input_tokens,
    temperature: file.temperature,
    parameters: file.parameters,
    knowledge: knowledge.length === 0 ? undefined : knowledge,
    tooLong: file.tooLong,
    repair: file.repair,
    escalate: file.escalate,
    timeout: file.timeout_seconds,
  })
}

function knowledgeOfSource({ path, inject_as }: NonNullable<WorkerFile['knowledge_sources']>[number]): Knowledge {
  return { file: path, as: inject_as === 'few_shot' ? 'examples' : 'reference' }
}

/** The slash at its end says that it is a folder. */
function knowledgeOfSilo(silo: NonNullable<WorkerFile['knowledge_silos']>[number]): Knowledge {
  return { file: `${String(silo.path).replace(/\/+$/, '')}/`, as: 'reference' }
}

/** A text that the chain's templates leave as it is: where it holds `{{`, as an expression that gives the text itself. */
function verbatim(text: string): string {
  if (!text.includes('{{')) return text
  const literal = JSON.stringify(text).replaceAll('{', '\\u007b').replaceAll('}', '\\u007d')
  return `{{ ${literal} }}`
}

type Defined<T> = { [key in keyof T]: Exclude<T[key], undefined> }

function withoutUndefined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as Defined<T>
}

function byLine(problems: readonly Problem[]): readonly Problem[] {
  return [...problems].sort((a, b) => (a.line ?? 0) - (b.line ?? 0))
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** Line and column of a path in a worker's text, for problems that are found later than by reading it. */
export function placeInWorker(
  text: string,
  path: YamlPath,
): { readonly line: number | null; readonly column: number | null } {
  return readYaml(text).place({ path, onKey: true })
}
