import { closest } from './closest.ts'
import { isJsonObject } from './json.ts'
import { workerFile } from './worker.ts'
import type { YamlPath } from './yamlProblems.ts'

/** Keys of existing worker files that cannot be read here, or that say nothing: each by name, with what to do. */

export interface KeyProblem {
  readonly severity: 'error' | 'warning'
  readonly path: YamlPath
  readonly message: string
  /** The place is the key, not its value. */
  readonly onKey: boolean
}

export const WORKER_KEYS: readonly string[] = Object.keys(workerFile.shape)

/** Read or refused, but no key of a new file. */
const FOREIGN_KEYS = [
  'processing_backend',
  'backend_config',
  'workspace_dir',
  'resolve_file_refs',
  'input_schema_ref',
  'output_schema_ref',
] as const

/** All that is wrong with a file's keys beyond what its schema says. */
export function workerKeyProblems(file: Readonly<Record<string, unknown>>): readonly KeyProblem[] {
  const problems = Object.keys(file).flatMap((key) => keyProblem(file, key))
  return [...problems, ...promptProblems(file), ...knowledgeProblems(file)]
}

function keyProblem(file: Readonly<Record<string, unknown>>, key: string): readonly KeyProblem[] {
  const error = (message: string, onKey = true): KeyProblem[] => [{ severity: 'error', path: [key], message, onKey }]
  const warning = (message: string): KeyProblem[] => [{ severity: 'warning', path: [key], message, onKey: true }]
  const isProcessor = file.worker_kind === 'processor'
  switch (key) {
    case 'worker_kind':
      return file[key] === 'llm'
        ? []
        : error(
            isProcessor
              ? '`worker_kind: processor` runs Python code, which Jacquard does not. Do its work in a `transform` or `fetch` stage, or before the chain.'
              : `\`worker_kind\` is \`llm\` or left out, not \`${String(file[key])}\`.`,
            false,
          )
    case 'processing_backend':
    case 'backend_config':
      return isProcessor
        ? error(
            `\`${key}\` names Python code, which Jacquard does not run. Take it out with \`worker_kind: processor\`.`,
          )
        : warning(`\`${key}\` means something to processor workers only; it is ignored.`)
    case 'reset_after_task':
      return file[key] === true
        ? []
        : error('`reset_after_task` can only be true: nothing is kept between two items. Take the key out.', false)
    case 'resolve_file_refs':
      return Array.isArray(file[key]) && file[key].length === 0
        ? []
        : error(
            '`resolve_file_refs` is not done here. Let the chain read the files: a `folder` source gives their text, and `input` of the stage hands it to the worker.',
          )
    case 'workspace_dir':
      return warning('`workspace_dir` is ignored: all paths are from the root of the workspace.')
    case 'input_schema_ref':
    case 'output_schema_ref':
      return schemaRefProblem(file, key)
    case 'default_tier':
      return 'default_model_tier' in file ? warning('`default_tier` is ignored beside `default_model_tier`.') : []
    default:
      return WORKER_KEYS.includes(key) ? [] : warning(unknownKey(key, [...WORKER_KEYS, ...FOREIGN_KEYS]))
  }
}

function schemaRefProblem(
  file: Readonly<Record<string, unknown>>,
  key: 'input_schema_ref' | 'output_schema_ref',
): readonly KeyProblem[] {
  const inline = key === 'input_schema_ref' ? 'input_schema' : 'output_schema'
  const path = [key]
  return inline in file
    ? [{ severity: 'warning', path, message: `\`${key}\` is ignored beside \`${inline}\`.`, onKey: true }]
    : [
        {
          severity: 'error',
          path,
          message: `\`${key}\` names a Python class, which Jacquard does not load. Write its JSON Schema (\`model_json_schema()\` prints it) as \`${inline}\`.`,
          onKey: true,
        },
      ]
}

function promptProblems(file: Readonly<Record<string, unknown>>): readonly KeyProblem[] {
  const text = file.system_prompt
  if (typeof text !== 'string' || !text.includes('{{')) return []
  return [
    {
      severity: 'warning',
      path: ['system_prompt'],
      message:
        'The system prompt is sent as it stands, `{{ }}` included. What differs from item to item belongs in `prompt`, or in the input.',
      onKey: true,
    },
  ]
}

function knowledgeProblems(file: Readonly<Record<string, unknown>>): readonly KeyProblem[] {
  const silos: readonly unknown[] = Array.isArray(file.knowledge_silos) ? file.knowledge_silos : []
  return silos.flatMap((silo, index) => (isJsonObject(silo) ? siloProblems(silo, ['knowledge_silos', index]) : []))
}

function siloProblems(silo: Readonly<Record<string, unknown>>, path: YamlPath): readonly KeyProblem[] {
  const error = (key: string, message: string): KeyProblem[] => [
    { severity: 'error', path: key in silo ? [...path, key] : path, message, onKey: false },
  ]
  if (silo.type === 'tool')
    return error(
      'type',
      'Tools are not called from a worker. Do what the tool does in a `fetch` or `transform` stage before it, and take this silo out.',
    )
  if (silo.type !== 'folder') return error('type', `A silo is of the type \`folder\`, not \`${String(silo.type)}\`.`)
  if (typeof silo.path !== 'string' || silo.path === '')
    return error('path', 'A silo of the type `folder` needs the `path` of its folder, from the root of the workspace.')
  if ((silo.permissions ?? 'read') !== 'read')
    return error(
      'permissions',
      'A silo can only be read: `permissions: read`. What a worker gives is its output, and nothing else is written.',
    )
  return Object.keys(silo)
    .filter((key) => !SILO_KEYS.includes(key))
    .map((key) => ({ severity: 'warning', path: [...path, key], message: unknownKey(key, SILO_KEYS), onKey: true }))
}
const SILO_KEYS: readonly string[] = ['name', 'type', 'path', 'permissions']

function unknownKey(key: string, known: readonly string[]): string {
  const close = closest(key, known)
  const hint = close === null ? '' : ` Did you mean \`${close}\`?`
  return `\`${key}\` is not a key of worker files and is ignored.${hint}`
}
