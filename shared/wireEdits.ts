import type { Document } from 'yaml'
import { chain as chainSchema } from './chain.ts'
import { readStage, setIn, type WrittenStage, writtenStages } from './chainYaml.ts'
import { chainGraph } from './graph.ts'
import { expressionMentions } from './references.ts'
import { bareExpression, stageExpressions } from './stageExpressions.ts'
import type { Stage } from './stages.ts'
import { parseTemplate } from './template.ts'

/** Writes a reference to `from`, or to one field of it, into stage `to`, where that kind of stage takes its input. */
export function connect(document: Document, { from, to, field }: { from: string; to: string; field?: string }): void {
  const target = readStage(document, to)
  if (target === null) return
  const parsed = chainSchema.safeParse(document.toJS())
  const graph = parsed.success ? chainGraph(parsed.data) : null
  const isWired = graph?.wires.some((wire) => wire.from === from && wire.to === to && wire.kind !== 'order') === true
  if (isWired && target.stage.kind !== 'gather') return
  const name = nameFor(document, from, target)
  const reference = `{{ ${field === undefined ? name : `${name}.${field}`} }}`
  const set = (key: string, value: unknown) => {
    setIn(document, [...target.path, key], value)
  }
  const { stage } = target
  switch (stage.kind) {
    case 'transform':
      set('value', joined(stage.value, reference, field ?? name))
      return
    case 'model':
      if (stage.prompt !== undefined) set('prompt', joined(stage.prompt, reference, field ?? name))
      else set('input', joined(stage.input ?? {}, reference, field ?? name))
      return
    case 'chunk':
      set('text', isBlank(stage.text) ? reference : joined(stage.text, reference, name))
      return
    case 'map':
      set('over', reference)
      return
    case 'fetch':
      set('url', isBlank(stage.url) ? reference : `${stage.url.trim()}${reference}`)
      return
    case 'chain':
      set('item', joined(stage.item ?? '', reference, field ?? name))
      return
    case 'gather':
      // It takes all that its lane gives; what is said here is only that this stage belongs to it.
      if (from !== 'item' && !isWired && !(stage.after ?? []).includes(from))
        set('after', [...(stage.after ?? []), from])
      return
  }
}

/** How an expression of `to` names what comes from `from`: a map's element by its name, a gather's groups as `items`. */
function nameFor(document: Document, from: string, to: WrittenStage): string {
  const source = readStage(document, from)
  if (source?.stage.kind === 'map' && to.path.length > source.path.length && to.path[source.path.length - 1] === from)
    return source.stage.as
  if (source?.stage.kind !== 'gather') return from
  const gathers = writtenStages(document).filter(({ stage }) => stage.kind === 'gather')
  return gathers.length > 1 ? `${from}.items` : 'items'
}

function isBlank(value: unknown): boolean {
  return typeof value !== 'string' || value.trim() === ''
}

/** The value with one more reference in it. */
function joined(value: unknown, reference: string, name: string): unknown {
  if (typeof value === 'string' && value.trim() !== '') return `${value.trimEnd()}\n\n${reference}\n`
  if (typeof value === 'object' && value !== null && !Array.isArray(value))
    return { ...value, [freeKey(value, name.split('.').at(-1) ?? name)]: reference }
  return reference
}

function freeKey(map: object, name: string): string {
  let key = name
  for (let number = 2; key in map; number++) key = `${name}${number}`
  return key
}

/** Takes every reference to `from` out of stage `to`. */
export function disconnect(document: Document, from: string, to: string): void {
  const target = readStage(document, to)
  if (target === null) return
  removeFromAfter(document, to, from)
  for (const name of namesOf(document, from, target))
    for (const { path, value, isBare } of stageExpressions(readStage(document, to)?.stage ?? target.stage)) {
      const place = [...target.path, ...path]
      if (isBare) {
        if (expressionMentions(bareExpression(String(value)), name)) setIn(document, place, undefined)
        continue
      }
      const next = withoutReference(value, name)
      if (next !== value) setIn(document, place, next ?? emptyOf(target.stage, path[0] ?? ''))
    }
}

/** Every name by which expressions of `to` may mean `from`. */
function namesOf(document: Document, from: string, to: WrittenStage): readonly string[] {
  const source = readStage(document, from)?.stage
  if (source?.kind === 'gather') return [from, 'items', 'group']
  const isInside = source?.kind === 'map' && to.path.includes(from) && to.id !== from
  return isInside ? [source.as, 'map'] : [from]
}

/** What a key that a stage cannot be without is left with. */
function emptyOf(stage: Stage, key: string): unknown {
  const isNeeded = { text: 'chunk', url: 'fetch', value: 'transform', over: 'map' }[key] === stage.kind
  return isNeeded ? '' : undefined
}

export function removeFromAfter(document: Document, id: string, name: string): void {
  const written = readStage(document, id)
  const after = written?.stage.after
  if (written === null || after === undefined || !after.includes(name)) return
  const rest = after.filter((other) => other !== name)
  setIn(document, [...written.path, 'after'], rest.length === 0 ? undefined : rest)
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
