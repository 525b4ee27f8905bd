import { type Document, isMap, isScalar, parseDocument } from 'yaml'
import { setIn } from './chainYaml.ts'
import { keepFlowPadding } from './flowPadding.ts'
import { WORKER_KEYS } from './workerKeys.ts'
import type { YamlPath } from './yamlProblems.ts'

/** Sets the value at a path of a worker file; `undefined` takes the key out. */
export interface WorkerEdit {
  readonly path: YamlPath
  readonly value: unknown
}

/**
 * Applies edits to a worker file's text. Comments, key order and the way untouched values are written survive.
 * The text must be readable YAML; what an edit leaves wrong shows as problems of the result.
 */
export function editWorker(text: string, edits: readonly WorkerEdit[]): string {
  const document = parseDocument(text)
  keepFlowPadding(document, text)
  if (document.contents === null) document.contents = document.createNode({}) as never
  for (const { path, value } of edits) {
    if (value !== undefined) makeRoom(document, path)
    setIn(document, path, value)
  }
  return print(document)
}

/** A new worker's text from plain data, keys in the order of the format. */
export function printWorker(value: Readonly<Record<string, unknown>>): string {
  return editWorker(
    '',
    WORKER_KEYS.filter((key) => value[key] !== undefined).map((key) => ({ path: [key], value: value[key] })),
  )
}

/** A new top key stands where the format has it, not at the end. */
function makeRoom(document: Document, [key]: YamlPath): void {
  const { contents } = document
  if (key === undefined || !isMap(contents) || contents.has(key)) return
  const rank = WORKER_KEYS.indexOf(String(key))
  const before = contents.items.findIndex(
    (item) => WORKER_KEYS.indexOf(String(isScalar(item.key) ? item.key.value : item.key)) > rank,
  )
  if (contents.items.length === 0) contents.flow = false
  contents.items.splice(rank < 0 || before < 0 ? contents.items.length : before, 0, document.createPair(key, null))
}

function print(document: Document): string {
  return document.toString({ lineWidth: 0, flowCollectionPadding: true })
}

/** The text with another name in it; a text that cannot be read stays as it is. */
export function nameWorker(text: string, name: string): string {
  const document = parseDocument(text)
  if (document.errors.length > 0 || !isMap(document.contents)) return text
  return document.get('name') === name ? text : editWorker(text, [{ path: ['name'], value: name }])
}
