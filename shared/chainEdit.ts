import { Document, isMap, parseDocument } from 'yaml'
import type { Position } from './chain.ts'
import { deleteIn, orderStageKeys, readStage, setIn, writtenStages } from './chainYaml.ts'
import { keepFlowPadding } from './flowPadding.ts'
import { renameStage } from './renameStage.ts'
import type { Stage } from './stages.ts'
import { connect, disconnect, removeFromAfter } from './wireEdits.ts'
import type { YamlPath } from './yamlProblems.ts'

/** One change to a chain file, as canvas, inspector and command line make them. */
export type ChainEdit =
  /** Sets the value at a path; `undefined` takes the key out. */
  | { readonly kind: 'set'; readonly path: YamlPath; readonly value: unknown }
  | {
      readonly kind: 'addStage'
      readonly id: string
      readonly stage: Stage
      readonly position: Position | null
      /** The map that it is to run in; left out: none. */
      readonly map?: string
    }
  /** With a map go the stages inside it. */
  | { readonly kind: 'removeStages'; readonly ids: readonly string[] }
  /** Takes stages as they are into a map, or out of it (null). */
  | { readonly kind: 'moveStages'; readonly ids: readonly string[]; readonly map: string | null }
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
  keepFlowPadding(document, text)
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
      setIn(document, [...stagesOf(document, edit.map ?? null), edit.id], orderStageKeys(edit.stage))
      if (edit.position !== null) setIn(document, ['layout', edit.id], rounded(edit.position))
      return
    case 'removeStages':
      for (const id of edit.ids) removeStage(document, id)
      return
    case 'moveStages':
      for (const id of edit.ids) moveStage(document, id, stagesOf(document, edit.map))
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

/** Where the stages of a map, or of the chain itself (null), stand. */
function stagesOf(document: Document, map: string | null): YamlPath {
  const written = map === null ? null : readStage(document, map)
  return written === null ? ['stages'] : [...written.path, 'stages']
}

function removeStage(document: Document, id: string): void {
  const written = readStage(document, id)
  if (written === null) return
  const inside = writtenStages(document, [...written.path, 'stages']).map((inner) => inner.id)
  deleteIn(document, written.path)
  for (const gone of [id, ...inside]) {
    setIn(document, ['layout', gone], undefined)
    for (const other of writtenStages(document)) removeFromAfter(document, other.id, gone)
  }
}

/** The node itself moves, so that its comments and the way it is written go with it. */
function moveStage(document: Document, id: string, to: YamlPath): void {
  const written = readStage(document, id)
  if (written === null || written.path.every((step, index) => to[index] === step)) return
  const node = document.getIn(written.path, true)
  deleteIn(document, written.path)
  if (document.getIn(to, true) === undefined) setIn(document, to, {})
  const stages = document.getIn(to, true)
  // One that was emptied is written `{}`, and what comes into it is to stand on lines of its own.
  if (isMap(stages) && stages.items.length === 0) stages.flow = false
  document.setIn([...to, id], node)
}

function rounded(position: Position): Position {
  return { x: Math.round(position.x), y: Math.round(position.y) }
}
