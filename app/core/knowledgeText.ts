import { parse } from 'yaml'
import { isJsonObject, type Json, json } from '../../shared/json.ts'
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

/** null: it is no list of {input, output}, and stands as it is written. */
function readExamples(text: string): readonly { readonly input: Json; readonly output: Json }[] | null {
  let value: unknown
  try {
    value = parse(text)
  } catch {
    return null
  }
  const parsed = json.safeParse(value)
  if (!parsed.success || !Array.isArray(parsed.data)) return null
  const examples = (parsed.data as readonly Json[]).flatMap((entry) =>
    isJsonObject(entry) && entry.input !== undefined && entry.output !== undefined
      ? [{ input: entry.input, output: entry.output }]
      : [],
  )
  return examples.length === parsed.data.length && examples.length > 0 ? examples : null
}

function shown(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}
