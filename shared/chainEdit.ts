import { Document, isMap, isNode, isScalar, type Pair, parseDocument, Scalar, type YAMLMap } from 'yaml'
import { chain as chainSchema, type Position, type Stage } from './chain.ts'
import { chainGraph, expressionKeys, whenExpression } from './graph.ts'
import { expressionReferences } from './references.ts'
import { parseTemplate, visitStrings } from './template.ts'

type Path = readonly (string | number)[]

/** One change to a chain file, as canvas, inspector and command line make them. */
export type ChainEdit =
  /** Sets the value at a path; `undefined` takes the key out. */
  | { readonly kind: 'set'; readonly path: Path; readonly value: unknown }
  | { readonly kind: 'addStage'; readonly id: string; readonly stage: Stage; readonly position: Position | null }
  | { readonly kind: 'removeStages'; readonly ids: readonly string[] }
  /** Gives a stage another id and follows it through every expression, `after` and the layout. */
  | { readonly kind: 'renameStage'; readonly from: string; readonly to: string }
  /** Writes a reference to `from` (a stage id or `item`), or to one field of it, into stage `to`. */
  | { readonly kind: 'connect'; readonly from: string; readonly to: string; readonly field?: string }
  /** Takes every reference to `from` out of stage `to`. */
  | { readonly kind: 'disconnect'; readonly from: string; readonly to: string }
  | { readonly kind: 'move'; readonly positions: Readonly<Record<string, Position>> }

/**
 * Applies edits to a chain's text. Comments, key order and the way untouched values are written survive.
 * The text must be readable YAML; what an edit leaves wrong shows as problems of the result.
 */
export function editChain(text: string, edits: readonly ChainEdit[]): string {
  const document = parseDocument(text)
  if (document.contents === null) document.contents = document.createNode({}) as never
  for (const edit of edits) applyEdit(document, edit)
  return print(document)
}

/** A new chain's text from plain data, keys in the schema's order. */
export function printChain(value: unknown): string {
  return print(new Document(value))
}

function print(document: Document): string {
  return document.toString({ lineWidth: 0, flowCollectionPadding: true })
}

function applyEdit(document: Document, edit: ChainEdit): void {
  switch (edit.kind) {
    case 'set':
      setIn(document, edit.path, edit.value)
      return
    case 'addStage':
      setIn(document, ['stages', edit.id], orderKeys(edit.stage, STAGE_KEY_ORDER))
      if (edit.position !== null) setIn(document, ['layout', edit.id], rounded(edit.position))
      return
    case 'removeStages':
      for (const id of edit.ids) {
        deleteIn(document, ['stages', id])
        setIn(document, ['layout', id], undefined)
        for (const other of stageIds(document)) removeFromAfter(document, other, id)
      }
      return
    case 'renameStage':
      renameStage(document, edit.from, edit.to)
      return
    case 'connect':
      connect(document, edit)
      return
    case 'disconnect':
      disconnect(document, edit.from, edit.to)
      return
    case 'move':
      for (const [id, position] of Object.entries(edit.positions)) setIn(document, ['layout', id], rounded(position))
      return
  }
}

const TOP_KEY_ORDER = Object.keys(chainSchema.shape)
const STAGE_KEY_ORDER = [
  'kind',
  'note',
  'tier',
  'when',
  'after',
  'instructions',
  'input',
  'prompt',
  'value',
  'output',
  'maxTokens',
  'temperature',
  'parameters',
  'repair',
  'timeout',
  'retry',
  'onError',
]

function orderKeys<T extends object>(value: T, order: readonly string[]): T {
  const rank = (key: string) => (order.includes(key) ? order.indexOf(key) : order.length)
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => rank(a) - rank(b))) as T
}

function setIn(document: Document, path: Path, value: unknown): void {
  if (value === undefined) {
    deleteIn(document, path)
    pruneEmpty(document, path.slice(0, -1))
    return
  }
  const existing = document.getIn(path, true)
  if (isScalar(existing) && (typeof value !== 'object' || value === null)) {
    existing.value = value
    styleText(existing)
    return
  }
  const parentPath = path.slice(0, -1)
  const key = path.at(-1)
  if (parentPath.length > 0 && document.getIn(parentPath, true) === undefined) setIn(document, parentPath, {})
  const parent = parentPath.length === 0 ? document.contents : document.getIn(parentPath, true)
  const node = document.createNode(value)
  if (isScalar(node)) styleText(node)
  const isPosition = path[0] === 'layout' && path.length === 2
  if (isPosition && isMap(node)) node.flow = true
  if (isMap(parent) && parent.items.length === 0) parent.flow = false
  if (isMap(parent) && !parent.has(key)) insertInOrder(parent, document.createPair(key, node), path)
  else document.setIn(path, node)
}

/** Takes a key out where it is; the package itself throws where the map that would hold it is missing. */
function deleteIn(document: Document, path: Path): void {
  if (document.hasIn(path)) document.deleteIn(path)
}

/** Maps that an edit has emptied and that mean nothing empty are taken out with their last key. */
function pruneEmpty(document: Document, path: Path): void {
  const prunable = ['layout', 'retry', 'parameters', 'params', 'input', 'sink', 'source']
  const node = path.length === 0 ? null : document.getIn(path, true)
  if (isMap(node) && node.items.length === 0 && prunable.includes(String(path.at(-1)))) document.deleteIn(path)
}

function insertInOrder(map: YAMLMap, pair: Pair, path: Path): void {
  const order = path.length === 1 ? TOP_KEY_ORDER : path[0] === 'stages' && path.length === 3 ? STAGE_KEY_ORDER : []
  const rank = order.indexOf(String(path.at(-1)))
  const before =
    rank < 0
      ? -1
      : map.items.findIndex((item) => order.indexOf(String(isScalar(item.key) ? item.key.value : item.key)) > rank)
  if (before < 0) map.items.push(pair)
  else map.items.splice(before, 0, pair)
}

/** Text of several lines is written as a block, so that it can be read and edited by hand. */
function styleText(scalar: Scalar): void {
  const isBlock = typeof scalar.value === 'string' && scalar.value.includes('\n')
  if (isBlock) scalar.type = Scalar.BLOCK_LITERAL
  else if (scalar.type === Scalar.BLOCK_LITERAL || scalar.type === Scalar.BLOCK_FOLDED) delete scalar.type
}

function rounded(position: Position): Position {
  return { x: Math.round(position.x), y: Math.round(position.y) }
}

function stageIds(document: Document): string[] {
  const stages = document.get('stages')
  return isMap(stages) ? stages.items.map((pair) => String(isScalar(pair.key) ? pair.key.value : pair.key)) : []
}

function readStage(document: Document, id: string): Stage | null {
  const node = document.getIn(['stages', id], true)
  return isMap(node) ? (node.toJSON() as Stage) : null
}

// Wires -------------------------------------------------------------------------------------------------------------

function connect(document: Document, { from, to, field }: { from: string; to: string; field?: string }): void {
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
  const base: Path = ['stages', to]
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

function disconnect(document: Document, from: string, to: string): void {
  const stage = readStage(document, to)
  if (stage === null) return
  removeFromAfter(document, to, from)
  for (const [key, value] of expressionKeys(stage)) {
    if (key === 'when') {
      if (mentions(whenExpression(String(value)), from)) setIn(document, ['stages', to, 'when'], undefined)
      continue
    }
    const next = withoutReference(value, from)
    if (next !== value) setIn(document, ['stages', to, key], next)
  }
}

function removeFromAfter(document: Document, id: string, name: string): void {
  const after = readStage(document, id)?.after
  if (after === undefined || !after.includes(name)) return
  const rest = after.filter((other) => other !== name)
  setIn(document, ['stages', id, 'after'], rest.length === 0 ? undefined : rest)
}

/** The value without what names `name`: keys and list entries that are nothing else go, text keeps the rest. */
function withoutReference(value: unknown, name: string): unknown {
  if (typeof value === 'string') {
    const { template } = parseTemplate(value)
    const kept = template.parts.filter((part) => part.kind === 'text' || !mentions(part.source, name))
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

function mentions(expression: string, name: string): boolean {
  try {
    return expressionReferences(expression).some((reference) => reference.name === name)
  } catch {
    // An expression that cannot be read names nothing; it is reported as a problem of its own.
    return false
  }
}

// Renaming ----------------------------------------------------------------------------------------------------------

function renameStage(document: Document, from: string, to: string): void {
  renameKey(document.get('stages'), from, to)
  renameKey(document.get('layout'), from, to)
  for (const id of stageIds(document)) {
    const stage = readStage(document, id)
    if (stage === null) continue
    stage.after?.forEach((name, index) => {
      if (name === from) setIn(document, ['stages', id, 'after', index], to)
    })
    for (const [key] of expressionKeys(stage)) renameIn(document, ['stages', id, key], { from, to })
  }
  renameIn(document, ['output'], { from, to })
}

function renameKey(map: unknown, from: string, to: string): void {
  if (!isMap(map)) return
  const pair = map.items.find((item) => isScalar(item.key) && item.key.value === from)
  if (pair !== undefined && isScalar(pair.key)) pair.key.value = to
}

function renameIn(document: Document, path: Path, names: Names): void {
  const root = document.getIn(path, true)
  visitStrings(isNode(root) ? root.toJS(document) : undefined, path, (text, stringPath) => {
    const isBareCondition = stringPath.at(-1) === 'when' && !text.includes('{{')
    const next = isBareCondition ? renameInExpression(text, names) : renameInText(text, names)
    if (next !== text) setIn(document, stringPath, next)
  })
}

interface Names {
  readonly from: string
  readonly to: string
}

function renameInText(text: string, names: Names): string {
  return parseTemplate(text)
    .template.parts.map((part) => {
      if (part.kind === 'text') return part.text
      return text.slice(part.start, part.end).replace(part.source, () => renameInExpression(part.source, names))
    })
    .join('')
}

function renameInExpression(expression: string, { from, to }: Names): string {
  if (!mentions(expression, from)) return expression
  let result = expression
  const offsets = expressionReferences(expression)
    .filter(({ name }) => name === from)
    .map(({ offset }) => offset)
  for (const offset of offsets.sort((a, b) => b - a))
    if (result.startsWith(from, offset)) result = result.slice(0, offset) + to + result.slice(offset + from.length)
  return result
}
