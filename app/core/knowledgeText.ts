import type { Json } from '../../shared/json.ts'
import { readYaml } from '../../shared/yamlProblems.ts'
import type { KnowledgeText } from './plan.ts'

/** A knowledge file as it stands before the instructions. Examples are told apart where the file lists them. */
export function knowledgeText({ file, as = 'reference', text }: KnowledgeText): string {
  if (as === 'reference') return `--- Reference: ${file} ---\n${text.trim()}`
  const examples = readExamples(text)
  if (examples === null) return `--- Examples: ${file} ---\n${text.trim()}`
  const parts = examples.map(({ input, output }, index) => {
    return `Example ${index + 1}:\nInput: ${shown(input)}\nOutput: ${shown(output)}`
  })
  return `--- Examples: ${file} ---\n${parts.join('\n\n')}`
}

interface Example {
  readonly input: Json
  readonly output: Json
}

/** null: it is no list of {input, output}, and stands as it is written. */
function readExamples(text: string): readonly Example[] | null {
  const { value, problems } = readYaml(text)
  if (problems.length > 0 || !Array.isArray(value) || value.length === 0) return null
  const entries: readonly unknown[] = value
  return entries.every(isExample) ? entries : null
}

function isExample(value: unknown): value is Example {
  return typeof value === 'object' && value !== null && 'input' in value && 'output' in value
}

function shown(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
