import type { Document } from 'yaml'
import { chain as chainSchema } from './chain.ts'
import { readStage, setIn } from './chainYaml.ts'
import { chainGraph, expressionKeys, whenExpression } from './graph.ts'
import { expressionMentions } from './references.ts'
import { parseTemplate } from './template.ts'
import type { YamlPath } from './yamlProblems.ts'

/** Writes a reference to `from`, or to one field of it, into stage `to`: into its prompt, else its input or value. */
export function connect(document: Document, { from, to, field }: { from: string; to: string; field?: string }): void {
  const stage = readStage(document, to)
  if (stage === null) return
  const parsed = chainSchema.safeParse(document.toJS())
  if (
    parsed.success &&
    chainGraph(parsed.data).wires.some((wire) => wire.from === from && wire.to === to && wire.kind !== 'order')
  )
    return
  const reference = `{{ ${field === undefined ? from : `${from}.${field}`} }}`
  const name = field ?? from
  const base: YamlPath = ['stages', to]
  const key = stage.kind === 'transform' ? 'value' : stage.prompt !== undefined ? 'prompt' : 'input'
  const value: unknown = stage.kind === 'transform' ? stage.value : (stage.prompt ?? stage.input)
  if (typeof value === 'string' && value.trim() !== '')
    setIn(document, [...base, key], `${value.trimEnd()}\n\n${reference}\n`)
  else if (typeof value === 'object' && value !== null && !Array.isArray(value))
    setIn(document, [...base, key, freeKey(value, name)], reference)
  else if (key === 'input') setIn(document, [...base, 'input'], { [name]: reference })
  else setIn(document, [...base, key], reference)
}

function freeKey(map: object, name: string): string {
  let key = name
  for (let number = 2; key in map; number++) key = `${name}${number}`
  return key
}

/** Takes every reference to `from` out of stage `to`. */
export function disconnect(document: Document, from: string, to: string): void {
  const stage = readStage(document, to)
  if (stage === null) return
  removeFromAfter(document, to, from)
  for (const [key, value] of expressionKeys(stage)) {
    if (key === 'when') {
      if (expressionMentions(whenExpression(String(value)), from)) setIn(document, ['stages', to, 'when'], undefined)
      continue
    }
    const next = withoutReference(value, from)
    if (next !== value) setIn(document, ['stages', to, key], next)
  }
}

export function removeFromAfter(document: Document, id: string, name: string): void {
  const after = readStage(document, id)?.after
  if (after === undefined || !after.includes(name)) return
  const rest = after.filter((other) => other !== name)
  setIn(document, ['stages', id, 'after'], rest.length === 0 ? undefined : rest)
}

/** The value without what names `name`: keys and list entries that are nothing else go, text keeps the rest. */
function withoutReference(value: unknown, name: string): unknown {
  if (typeof value === 'string') {
    const { template } = parseTemplate(value)
    const kept = template.parts.filter((part) => part.kind === 'text' || !expressionMentions(part.source, name))
    if (kept.length === template.parts.length) return value
    const text = kept.map((part) => (part.kind === 'text' ? part.text : value.slice(part.start, part.end))).join('')
    return text.trim() === ''
      ? undefined
      : text.replace(/\n{3,}/g, '\n\n').replace(/\s+$/, value.endsWith('\n') ? '\n' : '')
  }
  if (Array.isArray(value)) {
    const next = value.map((entry) => withoutReference(entry, name)).filter((entry) => entry !== undefined)
    return next.length === value.length && next.every((entry, index) => entry === value[index]) ? value : next
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, entry]): [string, unknown] => [key, withoutReference(entry, name)])
    const isSame = entries.every(([key, entry]) => entry === (value as Record<string, unknown>)[key])
    return isSame ? value : Object.fromEntries(entries.filter(([, entry]) => entry !== undefined))
  }
  return value
}
