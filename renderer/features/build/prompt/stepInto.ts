import { parseTemplate } from '../../../../shared/template.ts'
import type { ScopeName } from './scopeName.ts'

/** The steps of a text that is one plain path in braces (`{{ item.sections }}`); empty: it is something else. */
export function pathIn(text: string): readonly string[] {
  const { template } = parseTemplate(text)
  const [only] = template.parts.filter((part) => part.kind === 'expression')
  if (!template.exact || only === undefined) return []
  return /^(\w+|`[^`]*`)(\s*\.\s*(\w+|`[^`]*`))*$/.test(only.source) ? stepsOf(only.source) : []
}

/** The names of a path, without backticks and without what stands in brackets. */
export function stepsOf(path: string): readonly string[] {
  const steps = path.match(/`[^`]*`|\[[^\]]*\]|[^.\s`[\]]+/g) ?? []
  return steps.filter((step) => !step.startsWith('[')).map((step) => step.replaceAll('`', ''))
}

/** One name below another; null: nothing is known of it. */
export function stepInto(known: ScopeName, step: string): ScopeName | null {
  return known.fields.find(({ name }) => name === step) ?? null
}
